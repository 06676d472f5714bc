import type { ToolName } from "../../src/tools/tool.ts";
import type { Subject } from "./subject.ts";
import { condaSubject } from "./subjects/conda.ts";
import { hatchSubject } from "./subjects/hatch.ts";
import { pdmSubject } from "./subjects/pdm.ts";
import { pipenvSubject } from "./subjects/pipenv.ts";
import { pipxSubject } from "./subjects/pipx.ts";
import { poetrySubject } from "./subjects/poetry.ts";
import { uvSubject } from "./subjects/uv.ts";
import { virtualenvSubject } from "./subjects/virtualenv.ts";

export const subjects: Readonly<Partial<Record<ToolName, Subject>>> = {
  uv: uvSubject, poetry: poetrySubject, pdm: pdmSubject, pipenv: pipenvSubject, hatch: hatchSubject, pipx: pipxSubject, virtualenv: virtualenvSubject, conda: condaSubject,
};
