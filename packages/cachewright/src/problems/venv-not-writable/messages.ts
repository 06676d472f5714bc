import type { ProblemMessages } from "../message.ts";

/** Running a program is not writing one; and a venv whose own directory cannot be made is venv-create-denied. */
const notWriting = /Failed at step EXEC|^(?:ba|da|z|fi|k)?sh: |cannot execute/;

export const messages: ProblemMessages = {
  messages: [
    {
      // pip only gets this far when it fell back to the user site because the environment is foreign (req_install.py).
      id: "user-fallback-in-venv", tool: "pip", trigger: ["Will not install to the user site", "lack sys.path precedence to"],
      pattern: /Will not install to the user site because it will lack sys\.path precedence to \S{1,200} in (?<path>(?<root>.{1,2048}?)\/lib\/python[^/]{1,16}\/site-packages)/,
      context: /Defaulting to user installation/,
      example: "Defaulting to user installation because normal site-packages is not writeable\nERROR: Will not install to the user site because it will lack sys.path precedence to pip in /home/ada/env/lib/python3.11/site-packages",
    },
  ],
  claims: [
    {
      // Known by the names environments have.
      errno: ["EACCES"], rank: 76,
      path: /^(?<root>(?:(?:~|\.{1,2})?\/)?(?:[^/]{1,255}\/){0,40}?(?:\.virtualenvs\/[^/]{1,255}|\.?(?:virtual|v)envs\/[^/]{1,255}|\.(?:tox|nox)\/[^/]{1,255}|[^/]{0,64}venv[^/]{0,64}|\.?env\d?|[^/]{1,64}[-_.]env|virtualenv))\/(?:lib(?:64)?|bin|include|share|etc)(?:\/|$)/,
      notPath: /^\/(?:nix|gnu)\/store\/|\/pyvenv\.cfg$|\/test-easy-install-|\/pipx\//,
      notContext: notWriting,
      example: "ERROR: Could not install packages due to an OSError: [Errno 13] Permission denied: '/home/ada/shop/.venv/lib/python3.11/site-packages/six.py'\nCheck the permissions.",
    },
    {
      // What uv puts directly into an environment, or takes away when it makes it anew.
      errno: ["EACCES"], rank: 76,
      line: /failed to (?:remove|create|open|write to|read) (?:file|directory) /,
      path: /^(?<root>.{0,2048}?\/\.?venv)\/(?:pyvenv\.cfg|\.lock|\.gitignore|CACHEDIR\.TAG)$/,
      alsoPossible: ["venv-create-denied"],
      example: "error: failed to remove file `/home/ada/shop/.venv/pyvenv.cfg`: Permission denied (os error 13)",
    },
    {
      // pip ≥ 21.1 leaves `--user` out of its hint only inside an environment (commands/install.py), or for --user itself.
      errno: ["EACCES"], rank: 63,
      line: /due to an OSError/, context: /(?:^|\n)\W{0,4}Check the permissions\./,
      path: /^(?<root>\/(?:[^/]{1,255}\/){0,40}?[^/]{1,255})\/(?:lib(?:64)?\/python[^/]{1,16}\/site-packages|bin)(?:\/|$)/,
      notPath: /^\/(?:usr|Library|System|bin|sbin|snap)\/|\/\.local\/|\/pipx\//,
      notContext: /Defaulting to user installation/,
      example: "ERROR: Could not install packages due to an OSError: [Errno 13] Permission denied: '/home/ada/analysis/lib/python3.9/site-packages/six.py'\nCheck the permissions.",
    },
    {
      // A Python of one's own below a home that is no known manager's: an environment far more often than not.
      errno: ["EACCES"], rank: 48,
      path: /^(?<root>\/(?:home|Users)\/(?:[^/]{1,255}\/){1,40}?[^/]{1,255})\/lib(?:64)?\/python[^/]{1,16}\/site-packages(?:\/|$)/,
      notPath: /\/\.local\/|\/\.?(?:pyenv|asdf|anaconda|miniconda|miniforge|mambaforge|conda|pixi|mise|rye)[^/]{0,64}\/|\/pipx\/|\/Library\/Python\/|\/envs\/|\/test-easy-install-/,
      notContext: /\bconda\b/, alsoPossible: ["site-packages-not-writable"],
      example: "PermissionError: [Errno 13] Permission denied: '/home/ada/work/analysis/lib/python3.7/site-packages/six.py'",
    },
    {
      errno: ["EACCES"], rank: 55,
      line: /due to an OSError/, context: /(?:^|\n)\W{0,4}Check the permissions\./,
      notContext: /Defaulting to user installation|pip3?(?:\.\d+)? install (?:.{0,200} )?--user\b/,
      path: /^(?:RECORD|INSTALLER|METADATA|WHEEL|REQUESTED|direct_url\.json|entry_points\.txt|top_level\.txt|LICENSE(?:\.\w{1,8})?)$/,
      alsoPossible: ["user-site-not-writable"],
      example: "ERROR: Could not install packages due to an OSError: [Errno 13] Permission denied: 'RECORD'\nCheck the permissions.",
    },
  ],
};
