import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = {
  messages: [
    {
      // setuptools command/easy_install.py, cant_write_to_target; the path stands in the lines below.
      id: "cant-create-or-remove", tool: "setuptools",
      trigger: "create or remove files in install directory", pattern: /can't create or remove files in install directory/i,
      example: "error: can't create or remove files in install directory\n\nThe following error occurred while trying to add or remove files in the\ninstallation directory:\n\n    [Errno 13] Permission denied: '/usr/local/lib/python2.7/dist-packages/test-easy-install-1234.write-test'",
    },
  ],
  claims: [
    {
      errno: ["EACCES"], rank: 96, path: /\/test-easy-install-\d{1,10}\.(?:pth|write-test)$/,
      example: "[Errno 13] Permission denied: '/Library/Python/2.7/site-packages/test-easy-install-34078.pth'",
    },
  ],
};
