import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = {
  messages: [
    {
      // req/req_uninstall.py; without "ERROR:" until 18.x, in a box since 24.3. The .egg-info is one file.
      id: "distutils-installed", tool: "pip", since: "10.0",
      trigger: "distutils installed project", pattern: /(?:Cannot uninstall '?(?<package>[\w.-]{1,200})'?(?: \S{1,100})?\. )?It is a distutils installed project/,
      example: "ERROR: Cannot uninstall 'tabulate'. It is a distutils installed project and thus we cannot accurately determine which files belong to it which would lead to only a partial uninstall.",
    },
    {
      // INSTALLER names who did it: debian, rpm, conda …
      id: "installed-by", tool: "pip", since: "21.2",
      trigger: ["he package was installed by ", "RECORD file not found"],
      pattern: /(?:RECORD file not found\..{0,40})?[Tt]he package was installed by (?<installer>[\w.-]{1,60})\./, context: /RECORD file/,
      example: "ERROR: Cannot uninstall pip 24.0, RECORD file not found. Hint: The package was installed by debian.",
    },
  ],
};
