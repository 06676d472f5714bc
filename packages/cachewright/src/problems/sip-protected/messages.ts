import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = {
  messages: [
    {
      // shutil's list of what could not be moved: the system's path first, then pip's temporary one.
      id: "shutil-error-list", tool: "pip", trigger: ["Operation not permitted", "('/System/"],
      pattern: /\('(?<path>\/System\/[^'\n]{1,4096})', .{0,8192}?\[Errno 1\] Operation not permitted/,
      example: "Error: [('/System/Library/Frameworks/Python.framework/Versions/2.7/Extras/lib/python/altgraph', \"[Errno 1] Operation not permitted\")]",
    },
  ],
  claims: [
    {
      errno: ["EPERM"], rank: 88, path: /^(?:\/(?:private\/)?tmp\/pip-[\w-]{1,64}-uninstall)?(?<root>\/System)\//,
      example: "OSError: [Errno 1] Operation not permitted: '/tmp/pip-eplTfv-uninstall/System/Library/Frameworks/Python.framework/Versions/2.7/Extras/lib/python/six.py'",
    },
    {
      // /usr but not /usr/local, where the log is macOS's.
      errno: ["EPERM"], rank: 87, path: /^(?<root>\/usr)\/(?!local\/)/, context: /\/Library\/|\/Users\/|macosx|darwin|Python\.framework/,
      example: "  File \"/Library/Python/2.7/site-packages/pip/basecommand.py\", line 215, in main\nOSError: [Errno 1] Operation not permitted: '/usr/share/man'",
    },
  ],
};
