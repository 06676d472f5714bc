import type { Facts, MountFact } from "../../facts/facts.ts";
import { mountOfPath } from "../../facts/mounts.ts";
import { accountName, behindLinks, chosenInstall, isAtOrBelow, nearestPresent, pathFact, pipCaches, resolvedPath } from "../look-up.ts";
import { allCaches, anyCacheElsewhere } from "../caches.ts";
import { copyMode, uvLinkMode } from "../link-mode.ts";
import { uvAtLeast } from "../../tools/uv/version.ts";
import { cacheElsewhere, placeForCache, userConfigFile } from "../pip-places.ts";
import type { Evidence, Finding, Problem, Remedy } from "../problem.ts";
import { shellWord } from "../settings-words.ts";
import { makeVenv } from "../venv-cures.ts";

/** File systems whose owners and modes the mount says, not the file: FAT and its heirs, Windows shares, drives of a host. */
const ownersOfTheMount = /^(?:vfat|msdos|exfat|ntfs3|cifs|smb3|drvfs|9p|vboxsf)$/;
/** The same through FUSE, where the kernel asks for the owner only with `default_permissions` (fuse(4)). */
const throughFuse = /^(?:fuseblk|fuse\.(?:exfat|ntfs-3g|vmhgfs-fuse))$/;
/** Of these none has symbolic links either, except where a mount option feigns them. */
const withoutLinks = /^(?:vfat|msdos|exfat|fuseblk|fuse\.exfat)$/;

function evidenceOf(facts: Facts, mount: MountFact, path: string): Evidence[] {
  const from = facts.mounts.ok ? { ...facts.mounts.from, line: mount.line } : { call: "mount table" };
  return [{ says: `${mount.point}: ${mount.type} (${mount.source})`, from }, { says: `${path} lies on it`, from: { path, call: "lstat" }, path: pathFact(facts, path) }];
}

/** One thing of the user's own there shows that files have owners after all (NTFS with `permissions`, 9p with mapping). */
function hasOneOwner(facts: Facts, mount: MountFact): boolean {
  const isKind = ownersOfTheMount.test(mount.type) || (throughFuse.test(mount.type) && mount.superOptions.includes("default_permissions"));
  return isKind && !Object.values(facts.paths).some((path) => path.uid === facts.user.euid && isAtOrBelow(path.path, mount.point) && mountOfPath(facts, path.path) === mount);
}

interface Place { readonly what: "cache" | "venv"; readonly path: string }

/** What pip writes may be written, and belongs to another account for ever: mode and times are the owner's to set. */
function foreignForEver(facts: Facts): Finding[] {
  const install = chosenInstall(facts);
  const places: Place[] = [
    ...pipCaches(facts).map(({ path }): Place => ({ what: "cache", path })),
    ...(install?.kind === "venv" ? [{ what: "venv" as const, path: install.scripts }] : []),
  ];
  return places.flatMap(({ what, path }): Finding[] => {
    const top = nearestPresent(facts, resolvedPath(facts, path));
    const mount = mountOfPath(facts, top.path);
    if (facts.user.euid === 0 || mount === undefined || !hasOneOwner(facts, mount) || top.uid === facts.user.euid || top.access?.write !== "ok") return [];
    return [{
      problem: "link-not-permitted", severity: "error", subject: path, evidence: evidenceOf(facts, mount, top.path),
      params: { path, mount: mount.point, source: mount.source, type: mount.type, owner: accountName(facts, top.uid), cache: what === "cache" ? path : "", variant: what },
      // Its mode is the mount's as well.
      explains: what === "cache" ? [{ problem: "cache-world-writable", subject: path }, { problem: "cache-world-writable", subject: top.path }] : [],
    }];
  });
}

/** Where the person stands, an environment cannot be made. Only for those who ask. */
function noLinksHere(facts: Facts): Finding[] {
  if (facts.linkPlaces === undefined) return [];
  const mount = mountOfPath(facts, resolvedPath(facts, facts.cwd));
  if (mount === undefined || !withoutLinks.test(mount.type)) return [];
  return [{
    problem: "link-not-permitted", severity: "error", subject: facts.cwd, evidence: evidenceOf(facts, mount, facts.cwd),
    params: { path: facts.cwd, mount: mount.point, source: mount.source, type: mount.type, owner: accountName(facts, pathFact(facts, facts.cwd).uid), cache: "", variant: "directory" },
  }];
}

/** On one disk, and refused all the same: the kernel protects files of others from getting further names (proc_sys_fs(5)). */
function protectedLinks(facts: Facts): Finding[] {
  const { cache, parts, target, protectedHardLinks } = facts.linkPlaces ?? { cache: null, parts: [], target: null, protectedHardLinks: false };
  if (cache === null || target === null || !protectedHardLinks || facts.user.euid === 0 || uvLinkMode(facts) === "copy") return [];
  const archive = parts.map((part) => behindLinks(facts, part)).find((part) => /\/archive-v\d+$/.test(part.path));
  if (archive?.dev === undefined || archive.dev !== behindLinks(facts, target).dev || archive.uid === facts.user.euid || archive.access?.write === "ok") return [];
  return [{
    problem: "link-not-permitted", severity: "note", subject: archive.path,
    evidence: [{ says: `it belongs to ${accountName(facts, archive.uid)}, on the same device as ${target}`, from: { path: archive.path, call: "lstat" }, path: archive }, { says: "fs.protected_hardlinks is 1", from: { path: "/proc/sys/fs/protected_hardlinks" } }],
    params: { path: archive.path, owner: accountName(facts, archive.uid), cache: "", variant: "protected" },
    explains: [{ problem: "hardlink-fallback-warning" }],
  }];
}

/** uv puts its lock in place by a link or a rename that replaces nothing, and its packages by links: with none of these it stops. */
function uvWithoutLinks(facts: Facts): Finding[] {
  return allCaches(facts).flatMap(({ path, root }): Finding[] => {
    const top = nearestPresent(facts, path);
    const mount = mountOfPath(facts, top.path);
    if (root?.uses.some(({ tool, version }) => tool === "uv" && uvAtLeast(version ?? "9999", "0.8.19")) !== true || mount === undefined || !withoutLinks.test(mount.type)) return [];
    // NTFS is one of these, and has links: only for who has met an error.
    if (mount.type === "fuseblk" && facts.linkPlaces === undefined) return [];
    return [{
      problem: "link-not-permitted", severity: "error", subject: path, evidence: evidenceOf(facts, mount, top.path),
      params: { path, mount: mount.point, source: mount.source, type: mount.type, owner: accountName(facts, top.uid), cache: path, variant: "uv" },
      explains: [{ problem: "cache-world-writable", subject: path }, { blockedBelow: path }],
    }];
  });
}

function freshVenv(facts: Facts, mount: string): Remedy[] {
  const install = chosenInstall(facts);
  return install === undefined ? [] : makeVenv(facts, install).filter(({ params }) => !isAtOrBelow(params?.["path"] ?? mount, mount));
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const { cache = "", mount = "", source = "", variant } = found.params;
  const copy = copyMode(facts);
  if (variant === "protected") return [copy];
  const asOwner: Remedy = { id: "mount-as-yourself", needs: "root", steps: [], params: { mount }, shown: [`umount ${shellWord(mount)}`, `mount -o uid=${facts.user.uid},gid=${facts.user.gid},umask=022 ${shellWord(source)} ${shellWord(mount)}`] };
  if (variant === "uv") return anyCacheElsewhere(facts, allCaches(facts).find(({ path }) => path === cache), { id: "cache-elsewhere", ill: mount });
  if (variant === "cache") {
    const uses = pipCaches(facts).find(({ path }) => path === cache)?.uses ?? [];
    return [...cacheElsewhere(facts, { id: "cache-elsewhere", file: userConfigFile(facts), place: placeForCache(facts, mount), uses }), asOwner, copy];
  }
  return [...freshVenv(facts, mount), { id: "venv-elsewhere", needs: "user", steps: [], shown: ["python3 -m venv ~/venvs/NAME"] }, ...(variant === "venv" ? [asOwner] : []), copy];
}

export const problem: Problem = {
  id: "link-not-permitted", severity: "error", tools: ["pip", "uv"], when: "always",
  detect: (facts) => {
    const certain = [...foreignForEver(facts), ...uvWithoutLinks(facts)];
    return [...certain, ...noLinksHere(facts).filter(({ subject }) => certain.every((one) => one.subject !== subject)), ...protectedLinks(facts)];
  },
  remedies,
};
