import type { ProblemMessages } from "../message.ts";

const pip = /Could not install packages due to an|\bpip\b|Installing collected packages/;
/** An environment's and a user's own programs, and those of other managers, are problems of their own. */
const others = /(?:^|\/)\.local\/|(?:^|\/)(?:\.virtualenvs|virtualenvs|\.tox|\.nox|\.?venv|\.?env)\/|\/(?:conda|(?:ana|mini)conda\d?|miniforge\d?|mambaforge)[^/]{0,32}\/|\/envs\/|\/pipx\/|\/shims(?:\/|$)|\/Cellar\/|\/root\//;

export const messages: ProblemMessages = {
  messages: [],
  claims: [
    {
      // Programs come after the packages (operations/install/wheel.py), but before them when an old version is removed.
      errno: ["EACCES"], rank: 61,
      path: /^(?<root>\/(?:usr(?:\/local)?|opt\/[^/]{1,255}|(?:home|Users)\/[^/]{1,255}\/(?:[^/]{1,255}\/){0,20}?[^/]{1,255})\/s?bin)(?:\/[^/]{1,255})?$/,
      notPath: others, context: pip, notContext: /(?:^|\n)\W{0,4}Check the permissions\.|cannot execute|(?:^|\n)(?:ba|da|z|fi|k)?sh: /,
      alsoPossible: ["site-packages-not-writable"],
      example: "Installing collected packages: pip\nERROR: Could not install packages due to an OSError: [Errno 13] Permission denied: '/usr/local/bin/pip'\nConsider using the `--user` option or check the permissions.",
    },
    {
      // Any prefix: pip ≥ 21.1 gives this hint only outside virtual environments (commands/install.py).
      errno: ["EACCES"], rank: 60,
      path: /^(?<root>\/(?:[^/]{1,255}\/){0,30}?s?bin)(?:\/[^/]{1,255})?$/,
      notPath: others, line: /Could not install packages due to an/, context: /Consider using the `?--user`? option/,
      alsoPossible: ["site-packages-not-writable", "venv-not-writable"],
      example: "ERROR: Could not install packages due to an OSError: [Errno 13] Permission denied: '/srv/python/bin/demo'\nConsider using the `--user` option or check the permissions.",
    },
    {
      // Data files of a package: manual pages, desktop files, settings of Jupyter.
      errno: ["EACCES"], rank: 61,
      path: /^(?<root>\/(?:[^/]{1,255}\/){0,30}?[^/]{1,255}\/share\/(?:man|jupyter|doc|applications|icons|bash-completion))(?:\/.{0,4096})?$/,
      notPath: others, context: pip, notContext: /(?:^|\n)\W{0,4}Check the permissions\./,
      alsoPossible: ["site-packages-not-writable"],
      example: "ERROR: Could not install packages due to an EnvironmentError: [Errno 13] Permission denied: '/opt/python/share/man/man1/demo.1'\nConsider using the `--user` option or check the permissions.",
    },
  ],
};
