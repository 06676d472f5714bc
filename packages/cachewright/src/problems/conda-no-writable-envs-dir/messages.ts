import { condaComplaint } from "../conda-lines.ts";
import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = {
  messages: [
    {
      // `conda create -n NAME` asks for a place for environments before it asks for one for packages.
      id: "no-writable-envs", tool: "conda", since: "4.4", trigger: "No writeable envs directories configured",
      pattern: /No writeable envs directories configured/,
      context: condaComplaint("No writeable envs directories configured", "- "),
      alsoPossible: ["conda-no-writable-pkgs-dir", "conda-env-not-writable"],
      example: "NoWritableEnvsDirError: No writeable envs directories configured.\n  - /home/ada/.conda/envs\n  - /opt/conda/envs",
    },
  ],
};
