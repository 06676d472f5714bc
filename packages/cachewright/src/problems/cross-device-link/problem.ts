import type { Facts, MountFact } from "../../facts/facts.ts";
import { mountOfPath } from "../../facts/mounts.ts";
import { behindLinks, chosenInstall, resolvedPath } from "../look-up.ts";
import type { Evidence, Finding, Problem, Remedy } from "../problem.ts";
import { shellWord } from "../settings-words.ts";
import { canMakeVenv, makeVenv } from "../venv-cures.ts";

function mountSource(facts: Facts, mount: MountFact): Evidence["from"] {
  return facts.mounts.ok ? { ...facts.mounts.from, line: mount.line } : {};
}

/** uv renames from the root of its cache into its parts: a part on another device is never filled. */
function partsElsewhere(facts: Facts): Finding[] {
  const { cache, parts } = facts.linkPlaces ?? { cache: null, parts: [] };
  if (cache === null) return [];
  const root = behindLinks(facts, cache);
  return parts.flatMap((part): Finding[] => {
    const seen = behindLinks(facts, part);
    if (seen.dev === undefined || root.dev === undefined || seen.dev === root.dev) return [];
    return [{
      problem: "cross-device-link", severity: "error", subject: part,
      evidence: [{ says: `device ${seen.dev}${seen.path === part ? "" : ` (it leads to ${seen.path})`}`, from: { path: part, call: "lstat" }, path: seen }, { says: `device ${root.dev}`, from: { path: root.path, call: "lstat" }, path: root }],
      params: { path: part, cache, variant: "part" },
    }];
  });
}

/** overlayfs cannot rename a directory of a lower layer unless it may leave a redirection (Documentation/filesystems/overlayfs). */
function onOverlay(facts: Facts): Finding[] {
  const install = chosenInstall(facts);
  if (install === undefined || facts.linkPlaces === undefined) return [];
  const mount = mountOfPath(facts, resolvedPath(facts, install.purelib));
  if (mount?.type !== "overlay" || mount.superOptions.includes("redirect_dir=on")) return [];
  return [{
    problem: "cross-device-link", severity: "note", subject: install.purelib,
    evidence: [{ says: `${mount.point} is an overlay, and its options do not say redirect_dir=on`, from: mountSource(facts, mount) }],
    params: { path: install.purelib, cache: "", variant: "overlay" },
  }];
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const { path = "", cache = "", variant } = found.params;
  if (variant === "part") return [{ id: "put-together", needs: "user", steps: [], shown: [`rm ${shellWord(path)}   # only if it is a link; a mount is unmounted`, `export UV_CACHE_DIR=/ONE/DIRECTORY/ON/THE/LARGER/DISK   # instead of ${shellWord(cache)}`] }];
  const install = chosenInstall(facts);
  const fresh = install !== undefined && canMakeVenv(facts, install) ? makeVenv(facts, install) : [];
  return [...fresh, { id: "same-layer", needs: "user", steps: [], shown: ["RUN python3 -m venv /opt/venv && /opt/venv/bin/pip install -r requirements.txt"] }];
}

/** Asked only: every container's Python lies on an overlay, and most pips manage. */
export const problem: Problem = { id: "cross-device-link", severity: "error", tools: ["pip", "uv"], when: "asked", detect: (facts) => [...partsElsewhere(facts), ...onOverlay(facts)], remedies };
