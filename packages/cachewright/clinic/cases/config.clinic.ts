/** What `config` says and writes, held to what the real pip says: `pip cache dir`, `pip config list`, a real install. */
import { describe, it } from "vitest";
import { obstacleFor, pipsFor, withIndex } from "../case.ts";
import { install } from "../install.ts";
import { takeManifest } from "../manifest.ts";
import { admit, type Patient } from "../patient.ts";
import { must, step } from "../step.ts";
import { mustEqual } from "../treat.ts";

interface Row { readonly version: string; readonly effective: unknown; readonly source: unknown }

async function inForce(patient: Patient, key: string): Promise<Row> {
  const { stdout, code, text } = await patient.cachewright(["config", "show", "pip", key, "--json"]);
  must(code === 0, `config show (exit ${code}):\n${text}`);
  const { settings } = JSON.parse(stdout) as { settings: readonly Row[] };
  const row = settings.find(({ version }) => version === patient.pipVersion);
  if (row === undefined) throw new Error(`pip ${patient.pipVersion} is not in:\n${stdout}`);
  return row;
}

async function change(patient: Patient, ...args: readonly string[]): Promise<void> {
  const { code, text } = await patient.cachewright(["config", ...args, "--tool", "pip", "--yes"]);
  must(code === 0, `config ${args.join(" ")} (exit ${code}):\n${text}`);
}

async function samePlace(patient: Patient, wanted?: string): Promise<void> {
  const real = (await patient.run(["pip", "cache", "dir"])).stdout.trim();
  const { effective } = await inForce(patient, "cache-dir");
  must(effective === real && (wanted === undefined || wanted === real), `pip's cache is ${real}, config show says ${String(effective)}, ${wanted ?? "no place"} was set`);
}

async function asPipSays(patient: Patient): Promise<void> {
  const { home } = patient.account;
  const look = () => takeManifest(patient.room, [home, patient.prefix], [`${home}/.local/state`]);
  await step("before", () => samePlace(patient));
  const before = await look();
  await step("set for the user", async () => {
    await change(patient, "set", "cache-dir", `${home}/own cache`);
    await samePlace(patient, `${home}/own cache`);
    const { text } = await patient.run(["pip", "config", "list"]);
    must(text.includes(`global.cache-dir='${home}/own cache'`), `pip config list should have it, it said:\n${text}`);
  });
  await step("set for this environment, which is stronger", async () => {
    await change(patient, "set", "cache-dir", `${home}/env-cache`, "--scope", "site");
    await samePlace(patient, `${home}/env-cache`);
    must((await inForce(patient, "cache-dir")).source !== "default", "the source is the environment's file");
  });
  await step("off and on", async () => {
    await change(patient, "set", "cache", "off");
    const { text } = await patient.run(["pip", "cache", "dir"]);
    must(/cache commands can not function since cache is disabled/.test(text), `pip's cache should be off, it said:\n${text}`);
    must((await inForce(patient, "cache")).effective === true, "config show should say so");
    await change(patient, "set", "cache", "on");
    await samePlace(patient, `${home}/env-cache`);
  });
  await step("root's file is root's", async () => {
    const { code, text } = await patient.cachewright(["config", "set", "cache-dir", "/srv/pip", "--tool", "pip", "--scope", "global", "--yes"]);
    must(code === 2 && /^sudo \//m.test(text), `it should be refused with the command for root (exit ${code}):\n${text}`);
  });
  await step("undo", async () => {
    for (let runs = 0; runs < 4; runs += 1) {
      const { code, text } = await patient.cachewright(["undo", "--yes"]);
      must(code === 0, `undo (exit ${code}):\n${text}`);
    }
    mustEqual(before, await look());
    await samePlace(patient);
  });
  await step("pip works", () => install(patient));
}

interface Change {
  /** After `cachewright config`; HOME stands for the home. */
  readonly words: readonly string[];
  /** pip's key, and what `pip config list` and `pip config debug` have there then; null: nothing. Blanks part the items of a list. */
  readonly says: readonly [key: string, value: string | null];
  readonly since?: readonly [major: number, minor: number];
}

const set = (name: string, value: string, key = `global.${name}`): Change => ({ words: ["set", name, value], says: [key, value] });

/** What else `config` offers for pip: `cache-dir` and `cache` have a proof of their own. */
const changes: readonly Change[] = [
  set("index", "https://i.example/simple", "global.index-url"), set("extra-index", "https://a.example/s", "global.extra-index-url"),
  { words: ["add", "extra-index", "https://b.example/s"], says: ["global.extra-index-url", "https://a.example/s https://b.example/s"] },
  { words: ["add", "extra-index", "https://c.example/s", "--first"], says: ["global.extra-index-url", "https://c.example/s https://a.example/s https://b.example/s"] },
  { words: ["remove", "extra-index", "https://a.example/s"], says: ["global.extra-index-url", "https://c.example/s https://b.example/s"] },
  { words: ["unset", "extra-index"], says: ["global.extra-index-url", null] },
  { words: ["set", "find-links", "HOME/wheels", "https://l.example/"], says: ["global.find-links", "HOME/wheels https://l.example/"] },
  set("no-index", "true"), set("user", "true"), { ...set("break-system-packages", "true"), since: [23, 1] }, set("target", "HOME/lib"), set("prefix", "HOME/prefix"), set("root", "HOME/root"), set("src", "HOME/src"),
  set("require-virtualenv", "false"), { ...set("root-user-action", "ignore"), since: [22, 1] }, set("no-warn-script-location", "true"), set("no-clean", "true"), set("install.user", "false", "install.user"),
  { words: ["unset", "no-index"], says: ["global.no-index", null] }, set("log", "HOME/.local/state/pip.log"),
];

/** From lines like `global.user='true'`. */
function listed(text: string, key: string): string | null {
  const line = text.split("\n").find((one) => one.startsWith(`${key}=`));
  return line === undefined ? null : line.slice(key.length + 1).replace(/^(['"])(.*)\1$/, "$2").replaceAll("\\n", " ").trim();
}

async function saysAll(patient: Patient): Promise<void> {
  const { home } = patient.account;
  const at = (text: string): string => text.replaceAll("HOME", home);
  const [major = 0, minor = 0] = patient.pipVersion.split(".").map(Number);
  const known = changes.filter(({ since: [x, y] = [0, 0] }) => major > x || (major === x && minor >= y));
  const look = () => takeManifest(patient.room, [home, patient.prefix], [`${home}/.local/state`, `${home}/.cache`]);
  const before = await look();
  for (const { words, says: [key, value] } of known) {
    await step(`config ${words.join(" ")}`, async () => {
      await change(patient, ...words.map(at));
      const wanted = value === null ? null : at(value);
      const { text } = await patient.run(["pip", "config", "list"]);
      must(listed(text, key) === wanted, `${key} should be ${wanted ?? "gone"}, pip config list says:\n${text}`);
      const { text: debug } = await patient.run(["pip", "config", "debug"]);
      const shown = new RegExp(`^ +${home}/\\.config/pip/pip\\.conf, exists: True\\n(?: {4}.*\\n|(?! ).*\\n)*? {4}${key}: *\\n?(.*)$`, "m").exec(debug);
      must((shown === null) === (wanted === null), `pip config debug should ${wanted === null ? "not " : ""}have ${key} below the file, it said:\n${debug}`);
    });
  }
  await step("undo", async () => {
    for (const _ of known) must((await patient.cachewright(["undo", "--yes"])).code === 0, "undo should work");
    mustEqual(before, await look());
  });
}

const fromCache = pipsFor(([major, minor]) => major > 20 || (major === 20 && minor >= 1));

describe("config", () => {
  const index = withIndex();
  for (const pip of [...new Set([fromCache[0], fromCache.at(-1)])].filter((one) => one !== undefined)) {
    const reason = obstacleFor(pip, [], "venv");
    it.skipIf(reason !== null)(`pip ${pip.version}: lists each setting that config offers${reason === null ? "" : ` (${reason})`}`, async () => {
      const patient = await admit({ pip, index: index(), place: "venv" });
      try {
        await saysAll(patient);
      } finally {
        await patient.close();
      }
    });
  }
  for (const pip of fromCache) {
    const reason = obstacleFor(pip, [], "venv");
    it.skipIf(reason !== null)(`pip ${pip.version}: says and writes what pip reads${reason === null ? "" : ` (${reason})`}`, async () => {
      const patient = await admit({ pip, index: index(), place: "venv" });
      try {
        await asPipSays(patient);
      } finally {
        await patient.close();
      }
    });
  }
});
