import type { Facts } from "../../facts/facts.ts";
import { mountOfPath } from "../../facts/mounts.ts";
import { allCaches, everyTool } from "../caches.ts";
import { bytesInWords } from "../disk-full/problem.ts";
import { pathFact, pipCaches, scanOf, selfActor } from "../look-up.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";

/** Below this an image is none the worse for it. */
const worthTelling = 100e6;

const builders = { buildkit: "BuildKit", kaniko: "kaniko" } as const;

/** On a mount of its own (a cache mount, a volume) it is in no layer. */
function detect(facts: Facts): Finding[] {
  const build = facts.imageBuild;
  if (build === undefined) return [];
  return build.caches.flatMap(({ path, bytes, entries, complete }): Finding[] => {
    const mount = mountOfPath(facts, path);
    if (bytes < worthTelling || mount === undefined || mount.point !== "/") return [];
    const size = `${complete ? "" : "at least "}${bytesInWords(bytes)}`;
    return [{
      problem: "cache-in-image", severity: "note", subject: path,
      evidence: [
        { says: `${size} in ${entries === 1 ? "1 entry" : `${entries} entries`}, written since this step of the build began`, from: { path }, path: pathFact(facts, path) },
        { says: `an image is being built here, by ${builders[build.by]}`, from: build.from },
        { says: "the cache has no mount of its own: it becomes part of the image", from: { path: "/proc/self/mountinfo", line: mount.line } },
      ],
      params: { path, size, tool: (allCaches(facts).find((cache) => cache.path === path)?.users ?? "pip").split(" ")[0] ?? "pip" },
    }];
  });
}

/** In one RUN, each by the tool's own words. */
const usual: Readonly<Record<string, { readonly run: string; readonly clear?: string }>> = {
  uv: { run: "uv sync --frozen", clear: "uv cache clean" }, poetry: { run: "poetry install", clear: "poetry cache clear --all --no-interaction ." },
  pdm: { run: "pdm sync", clear: "pdm cache clear" }, pipenv: { run: "pipenv sync", clear: "pipenv --clear" },
};

function ofOtherTool(tool: string, mount: string): Remedy[] {
  const { run, clear } = usual[tool] ?? { run: `${tool} …` };
  // uv warns of each package it cannot link out of another file system.
  const copies = tool === "uv" ? "UV_LINK_MODE=copy " : "";
  return [
    ...(clear === undefined ? [] : [{ id: "clear-in-step", needs: "user", steps: [], shown: [`RUN ${run} && ${clear}`] } satisfies Remedy]),
    { id: "cache-mount", needs: "user", steps: [], shown: [`${mount} ${copies}${run}`] },
  ];
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const { path = "" } = found.params;
  const own = pathFact(facts, path).uid === facts.user.euid && (scanOf(facts, path)?.deniedCount ?? 0) === 0;
  const user = facts.user.euid === 0 ? "" : `,uid=${facts.user.euid},gid=${facts.user.gid}`;
  const { tool = "pip" } = found.params;
  if (tool !== "pip") return ofOtherTool(tool, `RUN --mount=type=cache,target=${path}${user}`);
  const inUse = pipCaches(facts).some((cache) => cache.path === path);
  return [
    ...(own ? [{
      id: "clear-it", needs: "user", params: { path },
      steps: [{ kind: "clear-cache", why: "nothing in the image will read it", actor: selfActor(facts), cache: path, atLeast: Number.MAX_SAFE_INTEGER }],
    } satisfies Remedy] : []),
    { id: "cache-mount", needs: "user", steps: [], shown: [`RUN --mount=type=cache,target=${path}${user} python3 -m pip install -r requirements.txt`] },
    ...(inUse ? [{ id: "without-cache", needs: "user", steps: [], shown: ["RUN python3 -m pip install --no-cache-dir -r requirements.txt"] } satisfies Remedy] : []),
  ];
}

export const problem: Problem = { id: "cache-in-image", severity: "note", tools: everyTool, when: "always", detect, remedies };
