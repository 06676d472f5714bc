/** A small home with everything a plan can change, and a plan that uses every kind of step. */
import { createHash } from "node:crypto";
import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, linkSync, mkdirSync, readdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Cure } from "../../src/fixes/plan.ts";
import type { Step } from "../../src/fixes/step.ts";

export const me = process.getuid?.() ?? -1;
export const isRoot = me === 0;
export const hasAcl = spawnSync("setfacl", ["--version"]).status === 0;

/** Old, odd times: a time that is only nearly brought back shows. */
function age(dir: string): void {
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    if (entry.isDirectory()) age(join(dir, entry.name));
    else if (entry.isFile()) utimesSync(join(dir, entry.name), 1_600_000_000, 1_600_000_000.123457);
  }
  utimesSync(dir, 1_600_000_000, 1_600_000_000.987653);
}

function write(path: string, text: string, mode = 0o644): void {
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, text);
  chmodSync(path, mode);
}

export function makeWorld(home: string): void {
  const cache = join(home, ".cache/pip");
  for (const bucket of ["0", "1", "a"]) write(join(cache, "http-v2", bucket, "body"), `body of ${bucket}`);
  write(join(cache, "wheels/xx/a.whl"), "wheel");
  write(join(cache, "http/old"), "x".repeat(10_000));
  linkSync(join(cache, "http/old"), join(cache, "http/old-too"));
  const store = join(home, ".cache/store");
  for (const name of ["a1/x.py", "a1/deep/y.py", "b2/z.py"]) write(join(store, "archive", name), `contents of ${name}`);
  write(join(store, "index/pages/one.html"), "a page");
  mkdirSync(join(home, "environment"));
  linkSync(join(store, "archive/a1/x.py"), join(home, "environment/x.py"));
  write(join(home, ".config/pip/pip.conf"), "# mine\n[global]\nno-cache-dir = false\n", 0o640);
  write(join(home, "open/dir/file"), "all may write", 0o666);
  chmodSync(join(home, "open/dir"), 0o777);
  symlinkSync("file", join(home, "open/dir/link"));
  write(join(home, "foreign/deep/file"), "not mine");
  symlinkSync("file", join(home, "foreign/deep/link"));
  write(join(home, "shared/dir/file"), "for one only");
  write(join(home, "shared/other/file"), "with a default list before");
  if (hasAcl) spawnSync("setfacl", ["-d", "-m", "u:12345:r-x,g::r-x", join(home, "shared/other")]);
  write(join(home, "listed"), "with an access control list");
  if (hasAcl) spawnSync("setfacl", ["-m", "u:12345:---,u:12346:r--", join(home, "listed")]);
  if (isRoot) for (const name of ["", "deep", "deep/file"]) chownSync(join(home, "foreign", name), 12345, 12345);
  age(home);
}

const noBits = { add: 0, remove: 0 };

/** The whole own cache aside beside itself, a fresh one, the sound entries back. */
export function setAsideSteps(home: string): Step[] {
  const cache = join(home, ".cache/pip");
  const aside = `${cache}.aside-20261121`;
  const step = { why: "because", actor: "user" as const };
  return [
    { kind: "rename", ...step, from: cache, to: aside, aside: true },
    { kind: "make-dir", ...step, path: cache, mode: 0o700 },
    { kind: "make-dir", ...step, path: join(cache, "http-v2"), mode: 0o755 },
    { kind: "rename", ...step, from: join(aside, "wheels"), to: join(cache, "wheels"), aside: false },
    { kind: "rename", ...step, from: join(aside, "http-v2/0"), to: join(cache, "http-v2/0"), aside: false },
    { kind: "rename", ...step, from: join(aside, "http-v2/1/body"), to: join(cache, "http-v2/body"), aside: false },
  ];
}

export function editStep(home: string, content = "true"): Extract<Step, { kind: "edit-config" }> {
  const path = join(home, ".config/pip/pip.conf");
  const bytes = readFileSync(path);
  return {
    kind: "edit-config", why: "because", actor: "user", path, of: createHash("sha256").update(bytes).digest("hex"),
    edits: [{ offset: bytes.indexOf("false"), length: 5, content }], diff: "-false\n+true",
  };
}

export function createStep(home: string): Extract<Step, { kind: "edit-config" }> {
  const path = join(home, "new/deep/uv.toml");
  return { kind: "edit-config", why: "because", actor: "user", path, of: null, edits: [{ offset: 0, length: 0, content: "a = 1\n" }], diff: "+a = 1" };
}

export function chmodStep(home: string): Step {
  const root = join(home, "open");
  return { kind: "chmod", why: "because", actor: "user", root, within: root, select: "tree", dirs: { add: 0, remove: 0o022 }, files: { add: 0, remove: 0o022 } };
}

export function chownStep(home: string): Step {
  const root = join(home, "foreign");
  return { kind: "chown", why: "because", actor: "root", root, within: root, select: "tree", to: { uid: 23456, gid: 23456 } };
}

/** Opened to a group as a shared cache is. */
export function shareSteps(home: string): Step[] {
  const root = join(home, "shared");
  const tree = { why: "because", actor: isRoot ? "root" as const : "user" as const, root, within: root, select: "tree" as const };
  return [
    ...(isRoot ? [{ kind: "chgrp" as const, ...tree, gid: 12345 }] : []),
    { kind: "chmod", ...tree, dirs: { add: 0o2070, remove: 0o002 }, files: { add: 0o060, remove: 0o002 } },
    ...(hasAcl ? [{ kind: "default-acl" as const, ...tree }] : []),
  ];
}

export function aclStep(home: string): Step {
  return { kind: "acl", why: "because", actor: "user", path: join(home, "listed"), remove: "user:12345" };
}

export function runStep(home: string): Step {
  const makes = join(home, "venv");
  return { kind: "run", why: "because", actor: "user", argv: ["/bin/sh", "-c", 'mkdir "$0" && echo made > "$0/file"', makes], makes, network: false };
}

export function removeStep(home: string, names = ["http/old", "http/old-too"]): Step {
  const within = join(home, ".cache/pip");
  return { kind: "remove", why: "because", actor: "user", within, paths: names.map((name) => join(within, name)) };
}

/** Some of a cache's entries, a directory and files at several depths, one that an environment links to. */
export function awayStep(home: string, kind: "set-aside" | "remove-trees" = "set-aside"): Step {
  const within = join(home, ".cache/store");
  const step = { why: "because", actor: "user" as const, within, to: `${within}.aside-20261121`, paths: ["archive/a1", "index/pages/one.html", "archive/b2/z.py"].map((name) => join(within, name)) };
  return kind === "set-aside" ? { kind, ...step } : { kind, ...step, frees: 8192 };
}

/** Every kind of step that can be undone and that this machine and user can do. */
export function everySteps(home: string): Step[] {
  return [
    ...setAsideSteps(home), awayStep(home), editStep(home), createStep(home), chmodStep(home), runStep(home), ...shareSteps(home),
    ...(hasAcl ? [aclStep(home)] : []), ...(isRoot ? [chownStep(home)] : []),
  ];
}

export function curesOf(steps: readonly Step[]): Cure[] {
  return [{ problem: "test-problem", subject: "home", remedy: { id: "test-remedy", steps } }];
}

export const ownUser = { uid: me, name: "me" };
export { noBits };
