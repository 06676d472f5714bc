/** uv-tool, uv-python and uv's commands `tool` and `python`; fs-err gives the paths. */
import type { ErrorClaim, ProblemMessages } from "../message.ts";

const data = String.raw`(?:\.local\/share|Library\/Application Support|\.local\/state)\/uv`;

const claims: readonly ErrorClaim[] = [
  {
    errno: ["EACCES"], rank: 79,
    path: new RegExp(String.raw`^(?<root>.{0,4096}?\/${data}\/(?:tools|python|credentials))(?:\/.{1,4096})?$`),
    alsoPossible: ["user-site-not-writable", "acl-denied"],
    // A directory that is not there yet is refused by what is above it.
    notPath: new RegExp(String.raw`\/${data}\/(?:tools|python)$`),
    example: "error: failed to create directory `/home/ada/.local/share/uv/python/.temp`: Permission denied (os error 13)",
  },
  {
    errno: ["EACCES"], rank: 79, line: /^(?!.*failed to create directory)/,
    path: new RegExp(String.raw`^(?<root>.{0,4096}?\/${data}\/(?:tools|python))$`),
    example: "error: failed to read directory `/home/ada/.local/share/uv/tools`: Permission denied (os error 13)",
  },
  {
    // The environment of the tool is made by then; of the two paths the link is the first.
    errno: ["EACCES"], rank: 80, line: /failed to (?:symlink|copy|hardlink|rename|create|remove)/,
    path: /^(?<root>(?:~|\/[^/]{1,255}(?:\/[^/]{1,255}){0,20}?)\/\.local\/bin)(?:\/[^/]{1,255})?$/,
    context: /Failed to (?:install|remove) (?:executable|entrypoint)|\/uv\/(?:tools|python)\/|Failed to create executable directory|uv tool install|uv python install/,
    alsoPossible: ["user-site-not-writable", "pipx-dir-not-writable"],
    example: "error: Failed to install executable\n  cause: failed to symlink file from /home/ada/.local/bin/ruff to /home/ada/.local/share/uv/tools/ruff/bin/ruff: Permission denied (os error 13)",
  },
  {
    // Directories that a variable names: a tool and its receipt, a Python as uv calls it.
    errno: ["EACCES"], rank: 74,
    path: /^(?<root>\/.{1,4096}?)\/(?:[\w.-]{1,100}\/uv-receipt\.toml|(?:cpython|pypy|graalpy|pyodide)-\d[\w.+-]{3,100}(?:\/.{0,4096})?)$/,
    line: /failed to |at path "/,
    example: "error: failed to create directory `/opt/uv/python/cpython-3.12.4-linux-x86_64-gnu`: Permission denied (os error 13)",
  },
];

export const messages: ProblemMessages = {
  messages: [
    {
      id: "link-into-bin", tool: "uv", rank: -1, trigger: ["Failed to install executable", "Failed to install entrypoint"],
      pattern: /Failed to install (?:executable|entrypoint)s?(?: for .{1,200})?\s*$/,
      consequenceOf: ["uv-dir-not-writable", "user-site-not-writable", "read-only-filesystem", "disk-full", "quota-exceeded", "immutable-file", "acl-denied", "access-denied-windows", "antivirus-or-policy-block", "file-in-use-windows", "home-missing", "link-not-permitted"],
      notContext: /Executables? already exists?/,
      example: "error: Failed to install executable",
    },
  ],
  claims,
};
