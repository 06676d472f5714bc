import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = {
  messages: [
    {
      id: "ignored", tool: "conda", since: "23.7", trigger: "Ignoring configuration file (",
      pattern: /Ignoring configuration file \((?<path>[^\n]{1,4096})\) due to error/,
      alsoPossible: ["conda-config-ignored"],
      example: "Ignoring configuration file (/home/ada/.condarc) due to error:\nUnable to load configuration file.\n  path: /home/ada/.condarc\n  reason: invalid yaml at line 1, column 0",
    },
    {
      id: "load-error", tool: "conda", until: "23.5", trigger: "ConfigurationLoadError",
      pattern: /ConfigurationLoadError: Unable to load configuration file/,
      context: /Unable to load configuration file\.?(?:[^\n]{0,80}\n\s{0,8}path: (?<path>[^\n]{1,4096}))?/,
      example: "ConfigurationLoadError: Unable to load configuration file.\n  path: /home/ada/.condarc\n  reason: invalid yaml at line 2, column 0",
    },
    {
      id: "yaml", tool: "conda", trigger: ["ruamel.yaml.", "ruamel_yaml."],
      pattern: /ruamel[._]yaml\.(?:\w{1,40}\.){0,3}(?:DuplicateKey|Parser|Scanner|Composer|Constructor|Reader)Error\b/,
      context: /in "(?<path>[^"\n]{0,4096}(?:condarc|\.ya?ml))", line \d/,
      example: "    ruamel.yaml.constructor.DuplicateKeyError: while constructing a mapping\n      in \"/home/ada/.condarc\", line 1, column 1",
    },
    {
      id: "wrong-type", tool: "conda", trigger: ["Valid types:", "declared in "],
      pattern: /Parameter \w{1,60} = .{0,300} declared in (?<path>(?:\/|[A-Za-z]:[\\/])[^\n]{1,4096}?) (?:has type|is invalid)/,
      example: "InvalidTypeError: Parameter _envs_dirs = '/srv/envs' declared in /home/ada/.condarc has type str.\nValid types:\n  - tuple",
    },
  ],
  claims: [
    {
      errno: ["EACCES"], rank: 88, path: /(?:^|\/)\.?condarc$|\/condarc\.d\/[^/]{1,255}\.ya?ml$/,
      example: "PermissionError: [Errno 13] Permission denied: '/home/ada/.condarc'",
    },
  ],
};
