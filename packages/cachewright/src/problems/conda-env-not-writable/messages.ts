import { condaComplaint } from "../conda-lines.ts";
import type { ProblemMessages } from "../message.ts";

/** A transaction of conda's, by its own words. */
const transaction = /(?:Unl|L)inking packages|Executing transaction|Transaction starting|Unexpected error while (?:un)?linking package|conda\.core\.link|bin\/conda["'], line/;

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
    {
      id: "mamba-records", tool: "mamba", trigger: "Error opening for writing", rank: 2,
      pattern: /Error opening for writing "(?<path>[^"\n]{1,4096}\/conda-meta\/[^"\n]{1,1024})": Permission denied/,
      example: "error    libmamba Error opening for writing \"/opt/conda/envs/work/conda-meta/history\": Permission denied",
    },
    {
      // Records have mode 0600: one that root made can be read by nobody else. No path is named.
      id: "rattler-records", tool: "rattler", trigger: ["failed to determine the currently installed packages", "failed to determine the installed packages"],
      pattern: /failed to determine the (?:currently )?installed packages/, context: /os error (?:5|13)\)|[Pp]ermission denied|Access is denied/,
      example: "failed to determine the currently installed packages\nCaused by: Permission denied (os error 13)",
    },
    {
      // Files of a removed package are moved there first.
      id: "rattler-trash", tool: "rattler", trigger: "/.trash", rank: 1,
      pattern: /failed to create directory:? ['"`]?(?<path>\/[^'"`\n]{1,4096}?)\/\.trash\b/, notContext: /os error (?:28|30|122)\)/,
      example: "failed to unlink zlib-1.3.1-h5eee18b_0.conda\nCaused by: failed to create directory: /home/ada/work/.pixi/envs/default/.trash",
    },
  ],
  claims: [
    {
      // pixi keeps environments in places that nothing else uses.
      errno: ["EACCES"], rank: 84, path: /^(?<root>.{1,2048}?\/\.pixi\/envs\/[^/]{1,255})(?:\/.*)?$/, line: /os error|filesystem error|\bE[A-Z]{3,}\b|denied/,
      example: "Error: failed to create directory `/home/ada/.pixi/envs/ruff`: Permission denied (os error 13)",
    },
    {
      // Of a copy both ends are named; the cache's can be read.
      errno: ["EACCES"], rank: 88, line: /libmamba /, path: /^(?<root>\/.{1,2048}?\/envs\/[^/]{1,255})(?:\/.*)?$/,
      example: "critical libmamba filesystem error: cannot copy file: Permission denied [/home/ada/micromamba/pkgs/six-1.16-0/six.py] [/home/ada/micromamba/envs/work/six.py]",
    },
    {
      errno: ["EACCES"], rank: 81, path: /^\/./, notPath: /\/pkgs(?:\/|$)|\/\.(?:mamba|cache|local|config)(?:\/|$)|environments\.txt$|^\/(?:tmp|var\/tmp|proc)(?:\/|$)/, line: /libmamba filesystem error: /,
      example: "critical libmamba filesystem error: cannot create directories: Permission denied [/opt/conda/envs/work/conda-meta]",
    },
    {
      errno: ["EACCES"], rank: 83, path: /^\/./, notPath: /\/pkgs\/|^\/(?:tmp|var\/tmp|proc)\/|\/rattler\/cache(?:\/|$)/, context: /failed to (?:un)?link \S{1,200}\.(?:conda|tar\.bz2)|failed to create the prefix|failed to create target directory/,
      example: "failed to link zlib-1.3.1-h5eee18b_0.conda\nCaused by: failed to create directory 'lib/zlib'\nCaused by: failed to create directory `/home/ada/work/.pixi/envs/default/lib/zlib`: Permission denied (os error 13)",
    },
    {
      errno: ["EACCES"], rank: 82, path: /^\/./, notPath: /\/pkgs\/|environments\.txt$|condarc|^\/(?:tmp|var\/tmp|proc)\//, context: transaction,
      notContext: /InvalidArchiveError/,
      alsoPossible: ["conda-not-writable-file"],
      example: "ERROR conda.core.link:_execute(1034): An error occurred while uninstalling package 'zlib-1.3.1-h5eee18b_0'.\nRolling back transaction: done\n[Errno 13] Permission denied: '/home/ada/miniconda3/envs/work/lib/zlib.txt' -> '/home/ada/miniconda3/envs/work/lib/zlib.txt.c~'",
    },
  ],
};
