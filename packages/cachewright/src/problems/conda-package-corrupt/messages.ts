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
      // rattler trusts what lies in its cache until a file is to be linked.
      id: "rattler-source-gone", tool: "rattler", trigger: ["failed to copy file from", "failed to link file from", "failed to hardlink file from", "failed to reflink file from", "failed to open file `"],
      pattern: /failed to (?:copy|(?:hard|ref|sym)?link|open) file (?:from )?['"`]?(?<path>(?:[A-Za-z]:)?[^'"`:\n]{1,1024}?[/\\]pkgs[/\\][^'"`:\s]{1,1024})['"`]?(?: to ['"`]?(?:[A-Za-z]:)?[^:\n]{1,1024})?: (?:No such file or directory|The system cannot find)/,
      context: /failed to link/,
      example: "failed to link zlib-1.3.1-h5eee18b_0.conda\nCaused by: failed to link 'lib/libz.so'\nCaused by: failed to copy file from /home/ada/.cache/rattler/cache/pkgs/zlib-1.3.1-h5eee18b_0/lib/libz.so to /home/ada/env/lib/libz.so: No such file or directory (os error 2)",
    },
    {
      // rattler_cache validation.rs
      id: "rattler-invalid", tool: "rattler", trigger: ["seems to be corrupted", "neither a 'paths.json' or a deprecated", "failed to read 'paths.json'", "failed to read 'index.json'"],
      pattern: /the path '[^'\n]{1,1024}' seems to be corrupted|neither a 'paths\.json' or a deprecated 'files' file was found|failed to read '(?:paths|index)\.json'/,
      notContext: /os error (?:13|28|30|122)\)/,
      example: "package is invalid\nCaused by: the path 'lib/libz.so' seems to be corrupted\nCaused by: incorrect size, expected 123 but file on disk is 0",
    },
    {
      // rattler_package_streaming: an archive that is not what the channel says, or none at all.
      id: "rattler-archive", tool: "rattler", trigger: ["hash mismatch when extracting", "invalid zip archive", "a component is missing from the Conda archive"],
      pattern: /hash mismatch when extracting \S{1,2048} to (?<path>[^\n]{1,2048}?): expected|invalid zip archive(?: \(async\))?:|a component is missing from the Conda archive/,
      context: /failed to fetch|failed to extract|\.(?:conda|tar\.bz2)\b/, notContext: /os error (?:13|28|30|122)\)/,
      alsoPossible: ["hash-mismatch", "disk-full"],
      example: "failed to fetch beacon-1.0-0.conda\nCaused by: hash mismatch when extracting https://conda.example/beacon-1.0-0.conda to /home/ada/.cache/rattler/cache/pkgs/beacon-1.0-0: expected aa, got bb, total size 10 bytes",
    },
    {
      // libmamba package_cache.cpp and package_handling.cpp: it says so and unpacks or fetches the package again where it may.
      id: "mamba-invalid-cache", tool: "mamba", trigger: ["Invalid package cache, ", "Extracted package cache '"], weight: "notice",
      pattern: /Invalid package cache, (?:file|could not read 'paths\.json' from) '(?<path>[^'\n]{1,4096})'(?: is missing| has incorrect|: )|Extracted package cache '[^'\n]{1,4096}' has (?:invalid|no) /,
      notContext: notTheArchive,
      example: "warning  libmamba Invalid package cache, file '/home/ada/micromamba/pkgs/zlib-1.3.1-h5eee18b_0/lib/libz.so' is missing",
    },
    {
      id: "mamba-not-valid", tool: "mamba", trigger: "File not valid: ",
      pattern: /File not valid: (?:file size|SHA256 sum|MD5 sum|\w{1,20}) doesn't match expectation "?(?<path>[^"\n]{1,4096}?)"?$/,
      alsoPossible: ["disk-full"],
      example: "error    libmamba File not valid: SHA256 sum doesn't match expectation \"/home/ada/micromamba/pkgs/zlib-1.3.1-h5eee18b_0.conda\"",
    },
    {
      id: "mamba-no-extracted", tool: "mamba", trigger: ["Cannot find a valid extracted directory cache", "Cannot find tarball cache for"],
      pattern: /Cannot find (?:a valid extracted directory cache|tarball cache) for '(?<name>[^'\n]{1,300})'/,
      alsoPossible: ["conda-no-writable-pkgs-dir", "disk-full"],
      example: "error    libmamba Cannot find a valid extracted directory cache for 'zlib-1.3.1-h5eee18b_0.conda'",
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
