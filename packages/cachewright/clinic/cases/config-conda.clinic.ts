/** What `cachewright config` sets for conda, and what `conda config --show` says then; undo brings every byte back. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, inject, it } from "vitest";
import { admitWithConda, type CondaPatient } from "../conda.ts";
import { compareManifests, takeManifest } from "../manifest.ts";
import { INDEX_PREFIX } from "../room.ts";
import { must, step } from "../step.ts";
import { findCondas, type CondaTool } from "../tools/condas.ts";

interface Change {
  /** After `cachewright config`; HOME stands for the home. */
  readonly words: readonly string[];
  /** conda's name, and what it says then: of a list its start. */
  readonly says: readonly [key: string, value: unknown];
}

const changes: readonly Change[] = [
  { words: ["add", "pkgs-dirs", "HOME/pkgs"], says: ["pkgs_dirs", ["HOME/pkgs"]] },
  { words: ["add", "pkgs-dirs", "HOME/more pkgs"], says: ["pkgs_dirs", ["HOME/pkgs", "HOME/more pkgs"]] },
  // As `conda config --add pkgs_dirs` does it.
  { words: ["add", "pkgs-dirs", "HOME/first", "--first"], says: ["pkgs_dirs", ["HOME/first", "HOME/pkgs", "HOME/more pkgs"]] },
  { words: ["remove", "pkgs-dirs", "HOME/first", "HOME/pkgs"], says: ["pkgs_dirs", ["HOME/more pkgs"]] },
  { words: ["set", "pkgs-dirs", "HOME/a", "HOME/b"], says: ["pkgs_dirs", ["HOME/a", "HOME/b"]] },
  { words: ["add", "envs-dirs", "HOME/my envs"], says: ["envs_dirs", ["HOME/my envs"]] },
  { words: ["set", "link-mode", "copy"], says: ["always_copy", true] },
  { words: ["set", "link-mode", "hardlink"], says: ["always_copy", false] },
  { words: ["set", "offline", "on"], says: ["offline", true] },
  { words: ["unset", "offline"], says: ["offline", false] },
  { words: ["set", "index", "conda-forge", "bioconda"], says: ["channels", ["conda-forge", "bioconda"]] },
];

const at = (patient: CondaPatient, words: unknown): unknown => JSON.parse(JSON.stringify(words).replaceAll("HOME", patient.account.home)) as unknown;

async function said(patient: CondaPatient, key: string): Promise<unknown> {
  const { code, stdout, text } = await patient.conda("config", "--show", key, "--json");
  must(code === 0, `conda should answer, it said:\n${text}`);
  return (JSON.parse(stdout) as Record<string, unknown>)[key];
}

async function config(patient: CondaPatient, words: readonly string[]): Promise<void> {
  const { code, text } = await patient.cachewright(["config", ...words, "--tool", "conda", "--yes"]);
  must(code === 0, `config ${words.join(" ")} ended with ${code}:\n${text}`);
}

async function prove(conda: CondaTool, isLinked: boolean): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), `${INDEX_PREFIX}${process.pid}-`));
  writeFileSync(join(dir, "ca.pem"), "");
  const patient = await admitWithConda(conda, join(dir, "ca.pem"));
  const { home } = patient.account;
  try {
    const text = "# mine\\nauto_update_conda: false  # why\\n";
    if (isLinked) await patient.must(`mkdir ~/dotfiles && printf '${text}' > ~/dotfiles/condarc && ln -s dotfiles/condarc ~/.condarc`);
    await said(patient, "channels");
    const watched = () => takeManifest(patient.room, [home], [`${home}/.local/state`, `${home}/.conda`, `${home}/.cache`]);
    const before = await watched();
    for (const { words, says: [key, value] } of changes) {
      await step(`config ${words.join(" ")}`, async () => {
        await config(patient, at(patient, words) as string[]);
        const now = await said(patient, key);
        const wanted = at(patient, value);
        expect(Array.isArray(now) && Array.isArray(wanted) ? now.slice(0, wanted.length) : now).toEqual(wanted);
      });
    }
    if (isLinked) must((await patient.must("readlink ~/.condarc && cat ~/dotfiles/condarc")).startsWith("dotfiles/condarc\n# mine\nauto_update_conda: false  # why\n"), "the link and the comments should stay");
    for (const _ of changes) await step("undo", async () => { must((await patient.cachewright(["undo", "--yes"])).code === 0, "undo should work"); });
    expect(compareManifests(before, await watched())).toEqual([]);
  } finally {
    await patient.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

describe("config set, unset, add and remove, and what conda says then", () => {
  for (const { conda, obstacle } of findCondas()) {
    const reason = inject("equipment").obstacle ?? obstacle;
    const name = conda === null ? "conda" : `conda ${conda.version.join(".")} of ${conda.root}`;
    it.skipIf(reason !== null)(`${name}, a new .condarc${reason === null ? "" : ` (${reason})`}`, () => prove(conda as CondaTool, false));
    it.skipIf(reason !== null)(`${name}, a linked .condarc with comments${reason === null ? "" : ` (${reason})`}`, () => prove(conda as CondaTool, true));
  }
});
