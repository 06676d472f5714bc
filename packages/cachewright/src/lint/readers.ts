/** Who reads which kind of file. */
import { readAction } from "./ci/read-action.ts";
import { readGitlab } from "./ci/read-gitlab.ts";
import { readWorkflow } from "./ci/read-workflow.ts";
import { readDockerfile } from "./dockerfile/read-dockerfile.ts";
import { readScript } from "./shell/read-script.ts";
import type { Kind, Reader } from "./source.ts";

export const readers: Readonly<Record<Kind, Reader>> = {
  dockerfile: readDockerfile,
  shell: readScript,
  "gitlab-ci": readGitlab,
  workflow: readWorkflow,
  action: readAction,
};
