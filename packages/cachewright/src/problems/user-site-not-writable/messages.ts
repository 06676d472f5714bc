import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = {
  messages: [],
  claims: [
    {
      // What `pip install --user` writes: lib, bin, share, man below ~/.local, or the directories themselves.
      errno: ["EACCES"], rank: 75,
      path: /^(?<root>(?:~|\/[^/]{1,255}(?:\/[^/]{1,255}){0,40}?)\/\.local)(?:\/(?:lib(?:\/.{0,4096})?|bin(?:\/.{0,4096})?|etc(?:\/.{0,4096})?|include(?:\/.{0,4096})?|share(?:\/man(?:\/.{0,4096})?|\/jupyter(?:\/.{0,4096})?|\/doc(?:\/.{0,4096})?|\/applications(?:\/.{0,4096})?|\/icons(?:\/.{0,4096})?)?))?$/,
      notPath: /\/\.local\/lib\/(?!python|jvm)\w{1,64}\/(?!python)|\/test-easy-install-/,
      alsoPossible: ["home-missing"],
      example: "ERROR: Could not install packages due to an OSError: [Errno 13] Permission denied: '/home/ada/.local/lib/python3.11'\nCheck the permissions.",
    },
    {
      errno: ["EACCES"], rank: 75,
      path: /^(?<root>(?:~|\/Users\/[^/]{1,255}|\/var\/root)\/Library\/Python)(?:\/\d.{0,4096})?$/,
      notPath: /\/test-easy-install-/,
      example: "OSError: [Errno 13] Permission denied: '/Users/ada/Library/Python/3.9/lib/python/site-packages/six.py'",
    },
    {
      // A new directory cannot be made in ~/.local/share: the tree itself is foreign, not uv's part of it.
      errno: ["EACCES"], rank: 40,
      line: /failed to create directory/,
      path: /^(?<root>(?:~|\/[^/]{1,255}(?:\/[^/]{1,255}){0,40}?)\/\.local)\/share\/uv(?:\/(?:tools|python))?$/,
      alsoPossible: ["uv-dir-not-writable"],
      example: "error: failed to create directory `/Users/ada/.local/share/uv/tools`: Permission denied (os error 13)",
    },
    {
      // A bare name of a wheel's own records, after the note that says where the install goes.
      errno: ["EACCES"], rank: 58,
      line: /Could not install packages due to/,
      path: /^(?:RECORD|INSTALLER|METADATA|WHEEL|REQUESTED|direct_url\.json|entry_points\.txt|top_level\.txt|LICENSE(?:\.\w{1,8})?)$/,
      context: /Defaulting to user installation|pip3?(?:\.\d+)? install (?:.{0,200} )?--user\b/,
      example: "Defaulting to user installation because normal site-packages is not writeable\nERROR: Could not install packages due to an OSError: [Errno 13] Permission denied: 'RECORD'\nCheck the permissions.",
    },
  ],
};
