import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = {
  messages: [],
  claims: [
    {
      // 225: a scanner took the file; 1260: group policy; 4551: application control. The words are in the system's language.
      errno: ["WinError 225", "WinError 226", "WinError 1260", "WinError 4551"], rank: 95,
      example: "ERROR: Could not install packages due to an OSError: [WinError 225] Operation did not complete successfully because the file contains a virus or potentially unwanted software",
    },
    {
      // A wheel that was there a moment ago: the scanner has it.
      errno: ["errno 22"], rank: 40, path: /^[A-Za-z]:[\\/].{0,4096}[\\/]pip-(?:unpack|install|download|wheel)-[^\\/]{1,64}[\\/]/, notContext: /Long Path support/,
      example: "ERROR: Could not install packages due to an OSError: [Errno 22] Invalid argument: 'C:\\\\Users\\\\ada\\\\AppData\\\\Local\\\\Temp\\\\pip-unpack-ai2ipi_2\\\\demo-5.7.0-py3-none-win_amd64.whl'",
    },
  ],
};
