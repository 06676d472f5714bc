/** Every adapter that a diagnosis asks, loaded at once: for a process that gives its rights up before it looks. */
import { hatch } from "./hatch/hatch.ts";
import { pdm } from "./pdm/pdm.ts";
import { pipenv } from "./pipenv/pipenv.ts";
import { pipx } from "./pipx/pipx.ts";
import { poetry } from "./poetry/poetry.ts";
import { pyenv } from "./pyenv/pyenv.ts";
import type { Tool } from "./tool.ts";
import { uv } from "./uv/uv.ts";
import { virtualenv } from "./virtualenv/virtualenv.ts";

export const diagnosedTools: readonly Tool[] = [uv, pipx, poetry, pdm, pipenv, hatch, virtualenv, pyenv];
