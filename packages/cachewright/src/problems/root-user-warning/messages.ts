import type { ProblemMessages } from "../message.ts";

/** utils/misc.py, `warn_if_run_as_root`: printed after an install that worked. */
export const messages: ProblemMessages = {
  messages: [
    {
      id: "running-as-root-21.1", tool: "pip", since: "21.1", until: "21.1.2", weight: "notice",
      trigger: "Running pip as root will break", pattern: /Running pip as root will break packages and permissions/,
      example: "WARNING: Running pip as root will break packages and permissions. You should install packages reliably by using venv: https://pip.pypa.io/warnings/venv",
    },
    {
      id: "running-as-root-21.1.3", tool: "pip", since: "21.1.3", weight: "notice",
      trigger: ["Running pip as the 'root' user", "conflicting behaviour with the system package"],
      pattern: /Running pip as the 'root' user can result in broken permissions/,
      example: "WARNING: Running pip as the 'root' user can result in broken permissions and conflicting behaviour with the system package manager, possibly rendering your system unusable. It is recommended to use a virtual environment instead: https://pip.pypa.io/warnings/venv. Use the --root-user-action option if you know what you are doing and want to suppress this warning.",
    },
  ],
};
