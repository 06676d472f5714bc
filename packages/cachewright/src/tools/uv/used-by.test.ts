import { linkSync, mkdtempSync, mkdirSync, readFileSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { environment, file, link } from "../../../test/tools/uv-samples.ts";
import { nodeMachine } from "../../machine/node-machine.ts";
import type { CacheAsk, Environment } from "../tool-cache.ts";
import { listUvCache } from "./list-cache.ts";
import { uvUsedBy } from "./used-by.ts";

const record = "six.py,sha256=4T34xEr13qHkEkA5ELmcxaSPLMv2imazN01quc75_GU,10\nsix-1.17.0.dist-info/METADATA,sha256=abcd,1\nsix-1.17.0.dist-info/RECORD,,\n";
let place: string;
let root: string;
let ask: CacheAsk;
let archive: string;
beforeEach(() => {
  place = realpathSync(mkdtempSync(join(tmpdir(), "uv-used-")));
  root = join(place, "cache");
  ask = { machine: nodeMachine({ env: { HOME: place }, cwd: place }), root, now: Date.now(), versions: [], pythons: [] };
  archive = join(root, "archive-v0/aaaaaaaaaaaaaaaa");
  file(join(archive, "six.py"), "VALUE = 1\n");
  file(join(archive, "six-1.17.0.dist-info/METADATA"), "Name: six\n");
  file(join(archive, "six-1.17.0.dist-info/WHEEL"), "Tag: py3-none-any\n");
  file(join(archive, "six-1.17.0.dist-info/RECORD"), record);
  link(join(root, "wheels-v8/pypi/six/1.17.0-py2.py3-none-any"), "../../../archive-v0/aaaaaaaaaaaaaaaa");
});
afterEach(() => rmSync(place, { recursive: true }));

const six = "wheels-v8/pypi/six/1.17.0-py2.py3-none-any";

/** An environment with six in it, its files put there in this way. */
function installed(put: (from: string, to: string) => void, more: { readonly installer?: string; readonly record?: string } = {}): Environment {
  const prefix = join(place, "env");
  const site = join(prefix, "lib/python3.12/site-packages");
  mkdirSync(join(site, "six-1.17.0.dist-info"), { recursive: true });
  for (const name of ["six.py", "six-1.17.0.dist-info/METADATA", "six-1.17.0.dist-info/WHEEL"]) put(join(archive, name), join(site, name));
  file(join(site, "six-1.17.0.dist-info/RECORD"), more.record ?? `../../../bin/six,sha256=x,1\n${record}`);
  file(join(site, "six-1.17.0.dist-info/INSTALLER"), more.installer ?? "uv");
  return { kind: "venv", prefix, site: [site] };
}

const copy = (from: string, to: string): void => file(to, readFileSync(from));
const uses = (...environments: Environment[]): unknown => Object.fromEntries(uvUsedBy(ask, listUvCache(ask).entries, environments));

it("a hard link by its inode, whoever installed it", () => expect(uses(installed(linkSync, { installer: "pip" }))).toEqual({ [six]: [{ environment: join(place, "env"), how: "hard-link" }] }));
it("a soft link by where it leads", () => expect(uses(installed((from, to) => symlinkSync(from, to)))).toEqual({ [six]: [{ environment: join(place, "env"), how: "soft-link" }] }));
it("a copy or clone by uv with the same RECORD", () => expect(uses(installed(copy))).toEqual({ [six]: [{ environment: join(place, "env"), how: "copy" }] }));

it("a copy by another tool, or of another build, is none", () => {
  expect(uses(installed(copy, { installer: "pip" }))).toEqual({});
  expect(uses(installed(copy, { record: record.replace("4T34", "5T34") }))).toEqual({});
});

it("a soft link is never missed: one module, a whole directory, or through another name of the cache", () => {
  const one = installed((from, to) => (from.endsWith("six.py") ? symlinkSync(from, to) : copy(from, to)), { installer: "pip", record: "x,,\n" });
  expect(uses(one)).toEqual({ [six]: [{ environment: join(place, "env"), how: "soft-link" }] });
  rmSync(join(place, "env"), { recursive: true });
  mkdirSync(join(archive, "pkg"));
  const whole: Environment = { kind: "venv", prefix: join(place, "env"), site: [join(place, "env")] };
  link(join(place, "env/pkg"), join(archive, "pkg"));
  expect(uses(whole)).toEqual({ [six]: [{ environment: join(place, "env"), how: "soft-link" }] });
  rmSync(join(place, "env"), { recursive: true });
  symlinkSync(root, join(place, "alias"));
  expect(uses(installed((from, to) => symlinkSync(from.replace(root, join(place, "alias")), to)))).toEqual({ [six]: [{ environment: join(place, "env"), how: "soft-link" }] });
});

it("a module below a directory counts, as RECORD lists it", () => {
  file(join(archive, "deep/mod.py"), "x");
  const env = installed(copy, { installer: "pip", record: "deep/mod.py,,\n" });
  link(join(place, "env/lib/python3.12/site-packages/deep/mod.py"), join(archive, "deep/mod.py"));
  expect(uses(env)).toEqual({ [six]: [{ environment: join(place, "env"), how: "soft-link" }] });
});

it("environments in the cache, and those of uv's tools, are users without being named", () => {
  environment(join(root, "archive-v0/bbbbbbbbbbbbbbbb"), process.execPath);
  link(join(root, "environments-v2/0123456789abcdef/fedcba9876543210"), "../../archive-v0/bbbbbbbbbbbbbbbb");
  link(join(root, "archive-v0/bbbbbbbbbbbbbbbb/lib/python3.12/site-packages/six.py"), join(archive, "six.py"));
  link(join(place, ".local/share/uv/tools/black/lib/python3.12/site-packages/six.py"), join(archive, "six.py"));
  expect(uses()).toEqual({ [six]: [{ environment: join(root, "archive-v0/bbbbbbbbbbbbbbbb"), how: "soft-link" }, { environment: join(place, ".local/share/uv/tools/black"), how: "soft-link" }] });
});

it("an entry that nobody uses is not told, and environments that are gone are none", () => expect(uses({ kind: "venv", prefix: "/nowhere", site: ["/nowhere/lib"] })).toEqual({}));
