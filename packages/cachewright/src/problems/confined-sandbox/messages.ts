import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = {
  messages: [
    {
      id: "snap-apparmor", tool: "other", trigger: "apparmor=\"DENIED\"", rank: 1,
      pattern: /apparmor="DENIED" operation="\w{1,40}" .{0,200}?profile="snap\..{0,400}? name="(?<path>[^"\n]{1,4096})"/,
      example: "audit: type=1400 audit(1700000000.123:77): apparmor=\"DENIED\" operation=\"open\" class=\"file\" profile=\"snap.code.code\" name=\"/home/ada/.cache/pip/\" pid=4242 comm=\"pip\"",
    },
    {
      // macOS' kernel names the sandboxed process and what it may not do.
      id: "macos-sandbox-deny", tool: "other", trigger: ") deny(1) file-",
      pattern: /Sandbox: [\w. -]{1,100}\(\d{1,9}\) deny\(1\) file-[\w-]{1,40} (?<path>\/[^\n]{1,4096})$/,
      example: "kernel: (Sandbox) Sandbox: python3.12(4242) deny(1) file-write-create /Users/ada/Library/Caches/pip/http-v2",
    },
  ],
  claims: [
    {
      // The folders macOS asks about (privacy protection): mode bits allow, the program has no leave.
      errno: ["EPERM"], rank: 50,
      path: /^(?<root>\/Users\/[^/]{1,255}\/(?:Desktop|Documents|Downloads|Library\/Mobile Documents))(?:\/|$)/,
      example: "PermissionError: [Errno 1] Operation not permitted: '/Users/ada/Documents/shop/requirements.txt'",
    },
    {
      // Merely reading is refused with EPERM: no mode bit does that.
      errno: ["EPERM"], rank: 45,
      path: /^\/Users\/[^/]{1,255}\//, context: / in read\b|getcwd|with open\([^\n]{1,200}(?:encoding|['"]rb?['"])/,
      alsoPossible: ["project-file-not-writable", "immutable-file"],
      example: "  [Errno 1] Operation not permitted: '/Users/ada/shop/poetry.lock'\n\n  at /opt/homebrew/lib/python3.12/site-packages/tomlkit/toml_file.py:17 in read",
    },
  ],
};
