import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = {
  messages: [
    {
      id: "no-list", tool: "conda", trigger: "Parameter _pkgs_dirs = ", rank: 1,
      pattern: /Parameter _pkgs_dirs = '(?<value>[^'\n]{1,2000})' declared in (?<path>(?:\/|[A-Za-z]:[\\/])[^\n]{1,1024}?) has type str/,
      alsoPossible: ["conda-config-breaks"],
      example: "InvalidTypeError: Parameter _pkgs_dirs = '/srv/pkgs' declared in /home/ada/.condarc has type str.\nValid types:\n  - tuple",
    },
  ],
};
