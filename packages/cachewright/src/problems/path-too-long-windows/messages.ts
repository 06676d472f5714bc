import type { ProblemMessages } from "../message.ts";

const hint = /Long\s+Path\s+support|exceeding\s+255\s+characters|enable-long-paths/;

export const messages: ProblemMessages = {
  messages: [],
  claims: [
    {
      errno: ["WinError 206"], rank: 90,
      example: "FileNotFoundError: [WinError 206] The filename or extension is too long: 'C:\\\\Users\\\\ada\\\\AppData\\\\Local\\\\Temp\\\\pip-build-ur7jw515\\\\demo\\\\test/subdir1/circles/subdir1/circles/'",
    },
    {
      // commands/install.py since 21.2: beyond 260 characters Windows says that there is no such file.
      errno: ["ENOENT", "errno 22", "WinError 3", "WinError 123"], rank: 90, path: /^[A-Za-z]:[\\/]/, context: hint,
      example: "ERROR: Could not install packages due to an OSError: [Errno 2] No such file or directory: 'C:\\\\Users\\\\ada\\\\env\\\\Lib\\\\site-packages\\\\demo\\\\a_very_long_name.py'\nHINT: This error might have occurred since this system does not have Windows Long Path support enabled. You can find information on how to enable this at https://pip.pypa.io/warnings/enable-long-paths",
    },
  ],
};
