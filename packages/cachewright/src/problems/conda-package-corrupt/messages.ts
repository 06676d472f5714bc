import { condaComplaint } from "../conda-lines.ts";
import type { ProblemMessages } from "../message.ts";

/** Behind the same words: who may not write, or has no space, cannot unpack either. */
const notTheArchive = /Errno (?:13|28|30|122)\]/;

export const messages: ProblemMessages = {
  messages: [
    {
      id: "verification", tool: "conda", trigger: ["CondaVerificationError: ", "SafetyError: "],
      pattern: /(?:CondaVerificationError|SafetyError): The package for (?<name>[\w.-]{1,100}) located at (?<path>[^\n]{1,4096}?)\s*(?:appears to be corrupted|$)/,
      example: "CondaVerificationError: The package for zlib located at /home/ada/miniconda3/pkgs/zlib-1.3.1-h5eee18b_0\nappears to be corrupted. The path 'lib/libz.so'\nspecified in the package manifest cannot be found.",
    },
    {
      id: "invalid-archive", tool: "conda", since: "4.8", trigger: "Error with archive ",
      pattern: /InvalidArchiveError\W{1,6}Error with archive (?<path>[^\n]{1,4096}?)\. {1,4}You probably need to delete/, notContext: notTheArchive,
      example: "InvalidArchiveError: Error with archive /home/ada/miniconda3/pkgs/zlib-1.3.1-h5eee18b_0.conda.  You probably need to delete and re-download or re-create this file.",
    },
    {
      id: "corrupt-tarball", tool: "conda", trigger: "Encountered corrupt package tarball",
      pattern: /Encountered corrupt package tarball at (?<path>[^\n]{1,4096}?)\. {1,4}Conda has left it/,
      example: "ERROR: Encountered corrupt package tarball at /home/ada/miniconda3/pkgs/zlib-1.3.1-h5eee18b_0.tar.bz2. Conda has left it in place. Please report this to the maintainers of the package.",
    },
    {
      id: "checksum", tool: "conda", trigger: ["expected content and downloaded content", "ChecksumMismatchError"],
      pattern: /mismatch between the expected content and downloaded content|ChecksumMismatchError: /,
      context: condaComplaint("(?:ChecksumMismatchError|expected content and downloaded content)", "download saved to: ", { upTo: 4600 }),
      example: "ChecksumMismatchError: Conda detected a mismatch between the expected content and downloaded content\nfor url 'https://conda.example/noarch/zlib-1.3.1-0.conda'.\n  download saved to: /home/ada/miniconda3/pkgs/zlib-1.3.1-0.conda",
    },
    {
      id: "no-source", tool: "conda", trigger: "Cannot link a source that does not exist",
      pattern: /Cannot link a source that does not exist\. (?<path>[^\n]{1,4096}?)\s*$/,
      example: "CondaError: Cannot link a source that does not exist. /home/ada/miniconda3/pkgs/zlib-1.3.1-h5eee18b_0/lib/libz.so",
    },
    {
      // Bytes that are no text in urls.txt or in a package's record: conda names no file.
      id: "no-text", tool: "conda", trigger: "UnicodeDecodeError: 'utf-8' codec",
      pattern: /UnicodeDecodeError: 'utf-8' codec can't decode byte/, context: /package_cache_data\.py|Conda has prepared the above report|conda[/\\]exception_handler\.py/,
      alsoPossible: ["conda-config-breaks"],
      example: "      File \"/home/ada/miniconda3/lib/python3.11/site-packages/conda/core/package_cache_data.py\", line 720, in get_all_urls\n    UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 26: invalid start byte",
    },
  ],
};
