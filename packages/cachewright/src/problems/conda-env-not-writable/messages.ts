import { condaComplaint } from "../conda-lines.ts";
import type { ProblemMessages } from "../message.ts";

/** A transaction of conda's, by its own words. */
const transaction = /(?:Unl|L)inking packages|Executing transaction|conda\.core\.link|bin\/conda["'], line/;

export const messages: ProblemMessages = {
  messages: [
    {
      id: "environment-not-writable", tool: "conda", since: "4.4", trigger: "write permissions to the target environment",
      pattern: /The current user does not have write permissions to the target environment/,
      context: condaComplaint("write permissions to the target environment", "environment location: "),
      example: "EnvironmentNotWritableError: The current user does not have write permissions to the target environment.\n  environment location: /opt/conda\n  uid: 1000\n  gid: 1000",
    },
    {
      id: "no-prefix-directory", tool: "conda", trigger: "Unable to create prefix directory",
      pattern: /Unable to create prefix directory '(?<path>[^'\n]{1,4096})'/,
      example: "CondaError: Unable to create prefix directory '/opt/conda/envs/work'.\nCheck that you have sufficient permissions.",
    },
  ],
  claims: [
    {
      errno: ["EACCES"], rank: 82, path: /^\/./, notPath: /\/pkgs\/|environments\.txt$|condarc|^\/(?:tmp|var\/tmp|proc)\//, context: transaction,
      notContext: /InvalidArchiveError/,
      alsoPossible: ["conda-not-writable-file"],
      example: "ERROR conda.core.link:_execute(1034): An error occurred while uninstalling package 'zlib-1.3.1-h5eee18b_0'.\nRolling back transaction: done\n[Errno 13] Permission denied: '/home/ada/miniconda3/envs/work/lib/zlib.txt' -> '/home/ada/miniconda3/envs/work/lib/zlib.txt.c~'",
    },
  ],
};
