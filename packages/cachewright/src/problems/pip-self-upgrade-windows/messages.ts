import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = {
  messages: [
    {
      // utils/misc.py, protect_pip_from_modification_on_windows: pip refuses before it harms itself.
      id: "please-run-python-m-pip", tool: "pip", since: "10.0",
      trigger: "To modify pip, please run the following command:", pattern: /To modify pip, please run the following command:/,
      example: "ERROR: To modify pip, please run the following command:\nC:\\Python311\\python.exe -m pip install --upgrade pip",
    },
  ],
  claims: [
    {
      errno: ["WinError 5", "WinError 32", "EACCES"], rank: 86,
      path: /^[A-Za-z]:[\\/](?:.{0,4096}[\\/])?pip(?:\d(?:\.\d{1,2})?)?\.exe$/i,
      example: "ERROR: Could not install packages due to an EnvironmentError: [WinError 5] Access is denied: 'C:\\\\Users\\\\ada\\\\AppData\\\\Local\\\\Temp\\\\pip-uninstall-8qvpbo6s\\\\pip.exe'\nConsider using the `--user` option or check the permissions.",
    },
  ],
};
