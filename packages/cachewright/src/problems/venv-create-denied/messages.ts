import type { ProblemMessages } from "../message.ts";

const refused = ["EACCES", "EPERM", "EOPNOTSUPP", "errno 38", "errno 45"] as const;

export const messages: ProblemMessages = {
  messages: [
    {
      // virtualenv >= 20 looks before it begins (`create/creator.py`, `validate_dest`).
      id: "virtualenv-20", tool: "virtualenv", trigger: "is not write-able at ", rank: 5, alsoPossible: ["tool-dir-not-writable", "cache-write-denied"],
      pattern: /argument dest: the destination .{1,400} is not write-able at (?<path>[^\n]{1,4096}?)\s*$/,
      example: "virtualenv: error: argument dest: the destination . is not write-able at /srv/app",
    },
    {
      // virtualenv before 20 tells the path, and the error does not.
      id: "virtualenv-16-link", tool: "virtualenv", trigger: "Also creating executable in ", rank: 5,
      pattern: /^Also creating executable in (?<path>[^\n]{1,4096}?)\s*$/,
      context: /os\.symlink\([^]{0,600}\[Errno (?:1|38|45|95)\]/,
      example: "Also creating executable in /mnt/share/app/venv/bin/python\n    os.symlink(py_executable_base, full_pth)\nOSError: [Errno 95] Operation not supported",
    },
    {
      id: "uv", tool: "uv", trigger: "failed to create directory `", rank: 5,
      pattern: /failed to create directory `(?<path>[^`\n]{1,4096}?\/?\.?(?:virtual|v)?env[^/`\n]{0,64})`: Permission denied/,
      example: "  Caused by: failed to create directory `/srv/app/.venv`: Permission denied (os error 13)",
    },
  ],
  claims: [
    {
      // `python -m venv` prints the error alone (`Lib/venv/__init__.py`, `main`). Its own directories refused is a foreign one that is there.
      errno: [...refused], rank: 78, line: /^Error: \[Errno/,
      path: /^(?<root>(?:[^/]{0,255}\/){0,40}?[^/]{0,64}(?:env|virtualenv)[^/]{0,64})(?:\/bin\/python[\d.]{0,6})?$/,
      example: "Error: [Errno 13] Permission denied: '/srv/www/app/.venv'",
    },
    {
      errno: [...refused], rank: 81,
      context: /\/virtualenv\.py"?, line|\/virtualenv\/create\/|\/venv\/__init__\.py"?, line \d+, in (?:ensure_directories|create_if_needed|symlink_or_copy|setup_python|create)\b/,
      notContext: /app.?data|seed\/|site-packages\/[^\n]{0,200}\.dist-info/, notPath: /\/\.(?:cache|local)\//,
      example: "  File \"/usr/local/lib/python2.7/site-packages/virtualenv.py\", line 1158, in install_python\n    mkdir(lib_dir)\nOSError: [Errno 13] Permission denied: 'env'",
    },
  ],
};
