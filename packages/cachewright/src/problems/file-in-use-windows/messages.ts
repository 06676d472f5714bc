import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = {
  messages: [],
  claims: [
    {
      errno: ["WinError 32", "WinError 33"], rank: 60,
      example: "ERROR: Could not install packages due to an OSError: [WinError 32] The process cannot access the file because it is being used by another process: 'C:\\\\Users\\\\ada\\\\AppData\\\\Local\\\\Temp\\\\tmpyjo117jd_in_process.py'",
    },
    {
      // A loaded library or program cannot be removed, and Windows calls that access denied.
      errno: ["WinError 5", "EACCES"], rank: 70,
      path: /^[A-Za-z]:[\\/](?:.{0,4096}[\\/])?[^\\/]{1,255}\.(?:pyd|dll|exe)$/i,
      notPath: /[\\/]Program Files(?: \(x86\))?[\\/](?!.{0,2048}[\\/]~)|[\\/]ProgramData[\\/]/i,
      alsoPossible: ["access-denied-windows"],
      example: "PermissionError: [WinError 5] Access is denied: 'C:\\\\Users\\\\ada\\\\env\\\\Lib\\\\site-packages\\\\~-l\\\\_imaging.cp311-win_amd64.pyd'",
    },
    {
      errno: ["WinError 5"], rank: 65, context: /failed to remove (?:directory|file) /,
      alsoPossible: ["access-denied-windows"],
      example: "  × Failed to create virtualenv\n  ├─▶ failed to remove directory `.venv`\n  ╰─▶ Access is denied. (os error 5)",
    },
  ],
};
