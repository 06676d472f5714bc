import { condaComplaint } from "../conda-lines.ts";
import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = {
  messages: [
    {
      id: "corrupted", tool: "conda", since: "4.4", trigger: "The target environment has been corrupted",
      pattern: /The target environment has been corrupted/,
      context: condaComplaint("The target environment has been corrupted", "corrupted file: ", { upTo: 4600 }),
      example: "CorruptedEnvironmentError: The target environment has been corrupted. Corrupted environments most commonly\noccur when the conda process is force-terminated while in an unlink-link\ntransaction.\n  environment location: /home/ada/miniconda3/envs/work\n  corrupted file: /home/ada/miniconda3/envs/work/conda-meta/zlib-1.3.1-h5eee18b_0.json",
    },
    {
      // rattler reads all records and names none of them.
      id: "rattler-records", tool: "rattler", trigger: ["failed to determine the currently installed packages", "failed to determine the installed packages"],
      pattern: /failed to determine the (?:currently )?installed packages/, context: /[Ff]ailed to parse JSON|EOF while parsing|expected (?:value|ident)|trailing characters|missing field|stream did not contain valid UTF-8/,
      example: "failed to determine the currently installed packages\nCaused by: Failed to parse JSON: Parsing Error: Error { input: [108], code: Tag }",
    },
  ],
};
