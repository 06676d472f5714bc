import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = {
  messages: [],
  claims: [
    {
      // Whatever no other problem of Windows claims. Python gives error 5 the number 13 where C functions set it.
      errno: ["WinError 5"], rank: 30,
      example: "Could not install packages due to an EnvironmentError: [WinError 5] Access is denied: 'c:\\\\program files\\\\python38\\\\lib\\\\site-packages\\\\pip-19.2.3.dist-info\\\\entry_points.txt'\nConsider using the `--user` option or check the permissions.",
    },
    {
      errno: ["EACCES"], rank: 31, path: /^[A-Za-z]:[\\/]/,
      example: "PermissionError: [Errno 13] Permission denied: 'C:\\\\Program Files\\\\Python311\\\\Scripts\\\\demo.exe'",
    },
  ],
};
