/** `cache-abandoned` of conda: a `pkgs_dirs` of one's own stands for conda's usual places, and what lies there is looked at no more. */
import type { Facts } from "../facts/facts.ts";
import { editableCondarc } from "./conda-cures.ts";
import { bytesInWords } from "./disk-full/problem.ts";
import { pathFact, selfActor } from "./look-up.ts";
import type { Finding, Remedy } from "./problem.ts";
import { placeOf, shellWord } from "./settings-words.ts";

/** Below this nobody gains anything by tidying. */
const worthTelling = 100e6;

export function leftByConda({ conda, ...facts }: Facts): Finding[] {
  const [now] = conda?.pkgsDirs ?? [];
  if (conda === undefined || now === undefined) return [];
  return (conda.left ?? []).filter(({ bytes }) => bytes >= worthTelling).map(({ path, bytes, entries, newest, complete }): Finding => {
    const size = `${complete ? "" : "at least "}${bytesInWords(bytes)}`;
    return {
      problem: "cache-abandoned", severity: "note", subject: path,
      evidence: [{ says: `${size} in ${entries === 1 ? "1 archive" : `${entries} archives`}, the last of ${newest.slice(0, 10)}`, from: { path }, path: pathFact({ ...facts, conda }, path) }, { says: `pkgs_dirs: ${now.path}`, from: now.from }],
      params: { path, now: now.path, place: placeOf(now), size, tool: `conda ${conda.version}`, variant: "tool", conda: "yes" },
    };
  });
}

export function leftByCondaRemedies(facts: Facts, { subject: path }: Finding): Remedy[] {
  const file = facts.conda === undefined ? undefined : editableCondarc(facts, facts.conda);
  const isThere = file !== undefined && facts.conda?.configs.some((config) => config.path === file && config.state === "read") === true && facts.conda.written.some(({ from }) => from.path === file);
  return [
    ...(isThere ? [{ id: "list-again", needs: "user" as const, params: { path, file }, steps: [{ kind: "change-config" as const, why: "packages there can be linked, and conda clean sees them", actor: selfActor(facts), path: file, change: { do: "add-item" as const, key: "pkgs_dirs", value: path, at: "end" as const } }] }] : []),
    { id: "clear-with-tool", needs: "user", params: { path }, steps: [], shown: [`CONDA_PKGS_DIRS=${shellWord(path)} conda clean --tarballs --packages`] },
  ];
}
