import { toolOf } from "../../ci/cache-paths.ts";
import type { CiPath } from "../../ci/ci-file.ts";
import type { LintFinding, Rule } from "../../rule.ts";

export const rule: Rule = {
  code: "ci-cache-outside-project",
  kinds: ["gitlab-ci"],
  check: ({ ci }) => (ci?.jobs ?? []).flatMap(({ caches }) => caches.flatMap(({ paths }) => paths.flatMap(checkPath))),
};

function checkPath(path: CiPath): LintFinding[] {
  const tool = toolOf(path);
  if (tool === undefined || !isOutside(path.value)) return [];
  const shown = path.value === path.text ? path.text : `${path.text}, which is ${path.value},`;
  return [{ range: path.range, message: `${shown} is outside the project: GitLab saves nothing of it`, instead: variableFor[tool] }];
}

/** `~` is not put in by GitLab: it would be a directory of that name. `/builds` is where projects stand. */
function isOutside(value: string): boolean {
  return /^(?:~|\$\{?HOME\b|\.\.\/)/.test(value) || (value.startsWith("/") && !value.startsWith("/builds/"));
}

const variableFor = {
  pip: "PIP_CACHE_DIR: $CI_PROJECT_DIR/.cache/pip, and .cache/pip as the path",
  uv: "UV_CACHE_DIR: $CI_PROJECT_DIR/.cache/uv, and .cache/uv as the path",
  poetry: "POETRY_CACHE_DIR: $CI_PROJECT_DIR/.cache/pypoetry, and .cache/pypoetry as the path",
  pipenv: "PIPENV_CACHE_DIR: $CI_PROJECT_DIR/.cache/pipenv, and .cache/pipenv as the path",
  conda: "CONDA_PKGS_DIRS: $CI_PROJECT_DIR/.conda/pkgs, and .conda/pkgs as the path",
} as const;
