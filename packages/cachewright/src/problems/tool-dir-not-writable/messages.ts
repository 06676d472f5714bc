import type { ErrorClaim, ProblemMessages } from "../message.ts";

/** Where poetry, pdm and hatch keep data, logs and settings (platformdirs): XDG's places, macOS' Library, both halves of a Windows profile. */
const state = String.raw`(?:^|/)\.local/state/(?:pdm|hatch|pypoetry)`;
const data = String.raw`(?:^|/)\.local/share/(?:pdm|pypoetry|virtualenvs|pipenv)`;
const config = String.raw`(?:^|/)\.config/(?:pdm|hatch|pypoetry)`;
const library = String.raw`/Library/(?:Application Support/(?:pdm|pypoetry)|Logs/(?:pdm|hatch)|Preferences/(?:pypoetry|pdm))`;
const profile = String.raw`[\\/]AppData[\\/](?:Local|Roaming)[\\/](?:pypoetry(?![\\/]+Cache)|pdm[\\/]+pdm(?![\\/]+Cache)|hatch(?![\\/]+Cache)|pypoetry[\\/]+Cache[\\/]+virtualenvs)`;
const inVenv = /\/(?:lib|bin|lib64|include|site-packages)\/|[\\/](?:Lib|Scripts)[\\/]/;

const claims: readonly ErrorClaim[] = [
  {
    errno: ["EACCES"], rank: 83, notPath: inVenv,
    path: new RegExp(`^(?<root>.{0,4096}?(?:${state}|${library}|${data}))(?:/|$)`),
    alsoPossible: ["cache-write-denied", "venv-create-denied"],
    example: "[PermissionError]: [Errno 13] Permission denied: '/home/ada/.local/state/pdm/log/pdm-lock-k2b1xq0w.log'",
  },
  {
    // Where a setting moved them: pdm's logs by the name of the file, poetry's environments by that of their directory.
    errno: ["EACCES"], rank: 83, notPath: inVenv,
    path: /^(?<root>.{1,4096})\/(?:pdm-(?:lock|install|update|add|remove|sync|use|build|self|fix|venv|run)-\w{6,12}\.log|envs\.toml)$|^(?<root2>.{1,4096}\/pypoetry\/virtualenvs)(?:\/[^/]{1,200})?$/,
    alsoPossible: ["cache-write-denied", "venv-create-denied"],
    example: "[PermissionError]: [Errno 13] Permission denied: '/srv/state/pdm/log/pdm-install-k2b1xq0w.log'",
  },
  {
    // A settings file that is written: the same words are printed when it cannot be read (config-unreadable).
    errno: ["EACCES"], rank: 93,
    path: new RegExp(`^(?<root>.{0,4096}?(?:${config}))(?:/(?:[^/]{1,100}|config\\.toml)|$)`),
    context: /\b(?:poetry|pdm|hatch)(?:\.exe)? (?:self )?config (?:-{1,2}[\w-]+ )*(?:set |restore|update)?[\w"'./-]*|config_source\.py|in (?:add_property|remove_property|_save_config|touch|mkdir)\b|open\([^\n]{0,200}["'][wax]/,
    alsoPossible: ["config-unreadable"],
    example: "$ poetry config virtualenvs.in-project true\n\n[Errno 13] Permission denied: '/home/ada/.config/pypoetry/config.toml'",
  },
  {
    // Anything else in there: a directory that cannot be made or entered.
    errno: ["EACCES"], rank: 79,
    path: new RegExp(`^(?<root>.{0,4096}?(?:${config}))(?:/|$)`),
    alsoPossible: ["config-unreadable"],
    example: "PermissionError: [Errno 13] Permission denied: '/home/ada/.config/pdm'",
  },
  {
    errno: ["EACCES"], rank: 83, notPath: inVenv,
    path: new RegExp(`^(?<root>.{0,4096}?(?:${profile}))(?:[\\\\/]|$)`, "i"),
    alsoPossible: ["access-denied-windows"],
    example: "[PermissionError]: [Errno 13] Permission denied: 'C:\\\\Users\\\\ada\\\\AppData\\\\Local\\\\pdm\\\\pdm\\\\Logs\\\\pdm-lock-k2b1xq0w.log'",
  },
];

export const messages: ProblemMessages = {
  messages: [
    {
      // hatch cli/__init__.py, 1.0 to 1.18: at the first run.
      id: "hatch-config", tool: "hatch", since: "1.0", trigger: "Unable to create config file located at",
      pattern: /Unable to create config file located at `?(?<path>(?<root>[^`\n]{1,4096}?)[\\/]config\.toml)`?\. Please check your permissions/,
      alsoPossible: ["disk-full", "read-only-filesystem"],
      example: "Unable to create config file located at `/home/ada/.config/hatch/config.toml`. Please check your permissions.",
    },
  ],
  claims,
};
