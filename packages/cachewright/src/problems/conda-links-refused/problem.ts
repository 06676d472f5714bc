import type { CondaFact, Facts } from "../../facts/facts.ts";
import { mountOfPath } from "../../facts/mounts.ts";
import { editableCondarc } from "../conda-cures.ts";
import { accountName, octal, pathFact, selfActor } from "../look-up.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";
import { shellWord } from "../settings-words.ts";

function detect(facts: Facts): Finding[] {
  const { conda } = facts;
  if (conda === undefined || (conda.links?.mode ?? "hard") !== "hard") return [];
  // Below another mount it is the mount that keeps links away, whoever owns the file.
  const onOneMount = (conda.links?.refused ?? []).filter(({ file, copy }) => mountOfPath(facts, file)?.id === mountOfPath(facts, copy)?.id);
  return onOneMount.map(({ cache, file, copy }): Finding => {
    const [source, own] = [pathFact(facts, file), pathFact(facts, copy)];
    return {
      problem: "conda-links-refused", severity: "note", subject: cache,
      evidence: [
        { says: `it belongs to ${accountName(facts, source.uid)}, and you may not write it (mode ${octal(source.mode)})`, from: { path: file, call: "lstat" }, path: source },
        { says: "the same file in your environment is a copy: another inode", from: { path: copy, call: "lstat" }, path: own },
        { says: "fs.protected_hardlinks is 1: the kernel links only what one owns, or may read and write", from: { path: "/proc/sys/fs/protected_hardlinks" } },
      ],
      params: { path: cache, file, owner: accountName(facts, source.uid), conda: conda.version },
    };
  });
}

/** Without the shared one in the list packages come from a cache of one's own, whose files can be linked. */
function ownOnly(facts: Facts, conda: CondaFact, cache: string): Remedy[] {
  const file = editableCondarc(facts, conda);
  const inFile = conda.written.filter(({ from }) => "path" in from && from.path === file);
  const others = conda.pkgsDirs.filter(({ path }) => path !== cache);
  const isLinkable = others.some(({ status, because }) => status === "writable" || (status === "unknown" && because === null));
  if (file === undefined || !isLinkable || inFile.length === 0 || inFile.length < conda.written.length || inFile.some(({ kind }) => kind !== "list")) return [];
  const values = inFile.map(({ value }) => value).filter((value) => value !== cache);
  if (values.length === inFile.length) return [];
  return [{
    id: "own-only", needs: "user", params: { path: cache, file }, probes: [],
    steps: [{ kind: "change-config", why: "packages come from a cache whose files you may link", actor: selfActor(facts), path: file, change: { do: "set-list", key: "pkgs_dirs", values } }],
  }];
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const { conda } = facts;
  if (conda === undefined) return [];
  const path = shellWord(found.subject);
  return [
    { id: "open-to-group", needs: "root", steps: [], params: { path: found.subject }, shown: [`sudo chgrp -R GROUP ${path}`, `sudo chmod -R g+rwX ${path}`, "umask 002   # whenever somebody installs with this cache"] },
    ...ownOnly(facts, conda, found.subject),
  ];
}

/** A note: copies are safe, and only cost what links would save. */
export const problem: Problem = { id: "conda-links-refused", severity: "note", tools: ["conda"], when: "always", detect, remedies };
