import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = {
  messages: [
    {
      // pwd.getpwuid(3): distutils of Python 3.6 and older for a missing HOME, getpass.getuser() without USER.
      id: "getpwuid", tool: "python", rank: 2, trigger: "uid not found: ",
      pattern: /getpwuid\(\): uid not found: (?<uid>\d{1,10})/,
      alsoPossible: ["home-missing"],
      example: "KeyError: 'getpwuid(): uid not found: 12345'",
    },
    {
      // Python 3.13: getpass.getuser() no longer lets the KeyError out.
      id: "no-username", tool: "python", trigger: "No username set in the environment",
      pattern: /OSError: No username set in the environment/,
      example: "OSError: No username set in the environment",
    },
    {
      // coreutils, OpenSSH and git.
      id: "no-name-for-uid", tool: "coreutils", weight: "notice", trigger: ["cannot find name for user ID", "No user exists for uid", "unable to look up current user"],
      pattern: /cannot find name for user ID (?<uid>\d{1,10})|No user exists for uid \d{1,10}|unable to look up current user in the passwd file/,
      example: "whoami: cannot find name for user ID 12345",
    },
  ],
};
