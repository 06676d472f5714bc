import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = {
  messages: [
    {
      // exceptions/__init__.py (UninstallMissingRecord); with another installer's name it is that one's package.
      id: "no-record-24.3", tool: "pip", since: "24.3",
      trigger: "no RECORD file was found for", pattern: /no RECORD file was found for (?<package>[\w.-]{1,200})/,
      notContext: /[Tt]he package was installed by/, alsoPossible: ["os-package-cannot-uninstall"],
      example: "error: uninstall-no-record-file\n\n× Cannot uninstall demo 1.0\n╰─> The package's contents are unknown: no RECORD file was found for demo.\n\nhint: You might be able to recover from this via: pip install --ignore-installed --no-deps demo==1.0",
    },
    {
      id: "record-not-found-21.2", tool: "pip", since: "21.2", until: "24.2",
      trigger: "RECORD file not found", pattern: /Cannot uninstall (?<package>[\w.-]{1,200}) \S{1,100}, RECORD file not found\. You might be able to recover/,
      example: "ERROR: Cannot uninstall demo 1.0, RECORD file not found. You might be able to recover from this via: 'pip install --force-reinstall --no-deps demo==1.0'.",
    },
    {
      // Before that the missing file is an error of its own (req/req_uninstall.py).
      id: "record-no-such-file", tool: "pip", until: "21.1.3",
      trigger: "No such file or directory", pattern: /\[Errno 2\] No such file or directory: '(?<path>[^'\n]{1,4096}\.dist-info)\/RECORD'/,
      alsoPossible: ["os-package-cannot-uninstall"],
      example: "ERROR: Could not install packages due to an EnvironmentError: [Errno 2] No such file or directory: '/home/ada/env/lib/python3.8/site-packages/demo-1.0.dist-info/RECORD'",
    },
    {
      id: "uv-record-not-found", tool: "uv",
      trigger: "Cannot uninstall package; `RECORD`", pattern: /Cannot uninstall package; `RECORD` file not found at: `?(?<path>[^`\n]{1,4096}?)`?$/,
      alsoPossible: ["os-package-cannot-uninstall"],
      example: "error: Cannot uninstall package; `RECORD` file not found at: /home/ada/env/lib/python3.12/site-packages/demo-1.0.dist-info/RECORD",
    },
    {
      // metadata/importlib/_envs.py: METADATA is gone or empty.
      id: "invalid-metadata-entry", tool: "pip", weight: "notice",
      trigger: "due to invalid metadata entry", pattern: /Skipping (?<path>.{1,2048}?\.(?:dist|egg)-info) due to invalid metadata entry/,
      example: "WARNING: Skipping /home/ada/env/lib/python3.12/site-packages/demo-1.0.dist-info due to invalid metadata entry 'name'",
    },
  ],
};
