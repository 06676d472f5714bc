/** Each name that tools share, set and taken out again by `cachewright config`, and the real tool asked every time. */
import { existsSync, lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, inject, it } from "vitest";
import type { ToolName } from "../../src/tools/tool.ts";
import type { RealTool } from "../machines/compare.ts";
import { settingsHome, type SettingsHome } from "../machines/settings-home.ts";
import { step } from "../step.ts";
import { findPythonTool, wantedTools } from "../tools/python-tools.ts";

interface Change {
  /** After `cachewright config`; HOME stands for the home. */
  readonly words: readonly string[];
  /** The tool's name for it in its own answer, and what it says then. */
  readonly says: readonly [name: string, value: unknown];
  /** Versions that know it. */
  readonly since?: string;
}

interface Proof {
  readonly tool: ToolName;
  /** Its own file, below the home; none where variables set everything. */
  readonly file?: string;
  /** What else is in it. */
  readonly text?: string;
  readonly changes: readonly Change[];
}

const set = (name: string, value: string, ...says: Change["says"]): Change => ({ words: ["set", name, value], says });

const proofs: readonly Proof[] = [
  {
    tool: "uv", file: ".config/uv/uv.toml", text: "# mine\r\ncompile-bytecode = true # why\r\n",
    changes: [
      set("cache-dir", "HOME/my cache", "cache-dir", "HOME/my cache"), set("cache", "off", "no-cache", true), set("cache", "on", "no-cache", false), set("link-mode", "copy", "link-mode", "copy"),
      set("offline", "on", "offline", true), set("index", "https://i.example/s", "indexes", ["https://i.example/s"]),
      { words: ["add", "extra-index", "https://a.example/s", "https://b.example/s"], says: ["indexes", ["https://a.example/s", "https://b.example/s", "https://i.example/s"]] },
      { words: ["remove", "extra-index", "https://a.example/s"], says: ["indexes", ["https://b.example/s", "https://i.example/s"]] },
      { words: ["unset", "offline"], says: ["offline", false] }, { words: ["unset", "cache-dir"], says: ["cache-dir", "HOME/.cache/uv"] },
      set("python-dir", "HOME/pythons", "python dir", "HOME/pythons"), set("tool-dir", "HOME/tools", "tool dir", "HOME/tools"), { words: ["unset", "tool-dir"], says: ["tool dir", "HOME/.local/share/uv/tools"] },
    ],
  },
  {
    tool: "poetry", file: ".config/pypoetry/config.toml", text: "# mine\n[installer]\nparallel = false  # why\n",
    changes: [
      set("cache-dir", "HOME/my cache", "cache-dir", "HOME/my cache"), set("envs-dirs", "HOME/envs", "virtualenvs.path", "HOME/envs"),
      { ...set("python-dir", "HOME/pythons", "python.installation-dir", "HOME/pythons"), since: "2.1.0" }, { words: ["unset", "envs-dirs"], says: ["virtualenvs.path", "HOME/my cache/virtualenvs"] },
    ],
  },
  {
    tool: "pdm", file: ".config/pdm/config.toml", text: "# mine\ncheck_update = false\n",
    changes: [
      set("cache-dir", "HOME/my cache", "cache_dir", "HOME/my cache"), set("link-mode", "hardlink", "install.cache_method", "hardlink"), set("index", "https://i.example/s", "pypi.url", "https://i.example/s"),
      set("envs-dirs", "HOME/envs", "venv.location", "HOME/envs"), { ...set("python-dir", "HOME/pythons", "python.install_root", "HOME/pythons"), since: "2.13.0" },
      { words: ["unset", "link-mode"], says: ["install.cache_method", "symlink"] },
    ],
  },
  {
    tool: "hatch", file: ".config/hatch/config.toml", text: "# mine\nmode = 'local'\n\n[template]\nname = \"me\"\n",
    changes: [
      set("cache-dir", "HOME/my cache", "dirs.cache", "HOME/my cache"), set("envs-dirs", "HOME/envs", "environments", "HOME/envs"), set("python-dir", "HOME/pythons", "pythons", "HOME/pythons"),
      { words: ["unset", "envs-dirs"], says: ["environments", "HOME/.local/share/hatch/env/virtual"] },
    ],
  },
  {
    tool: "virtualenv", file: ".config/virtualenv/virtualenv.ini", text: "; mine\n[virtualenv]\nclear = true\n",
    changes: [set("cache-dir", "HOME/my cache", "app_data", "HOME/my cache")],
  },
  { tool: "pipenv", changes: [set("cache-dir", "HOME/my cache", "PIPENV_CACHE_DIR", "HOME/my cache"), { words: ["unset", "cache-dir"], says: ["PIPENV_CACHE_DIR", "HOME/.cache/pipenv"] }, set("envs-dirs", "HOME/envs", "workon", "HOME/envs")] },
  { tool: "pipx", changes: [set("tool-dir", "HOME/tools", "PIPX_HOME", "HOME/tools")] },
];

/** A dotfile kept elsewhere and linked, as many people do. */
function linkTo(file: string, text: string, home: SettingsHome): void {
  const kept = join(home.root, "dotfiles", file.replaceAll("/", "-"));
  for (const path of [kept, join(home.home, file)]) mkdirSync(dirname(path), { recursive: true });
  writeFileSync(kept, text, { mode: 0o640 });
  symlinkSync(kept, join(home.home, file));
}

async function prove({ tool, changes, file, text }: Proof, real: RealTool, isLinked: boolean): Promise<void> {
  const home = settingsHome(tool, real);
  const at = (words: unknown): unknown => JSON.parse(JSON.stringify(words).replaceAll("HOME", home.home)) as unknown;
  try {
    const startUp = join(home.home, ".profile");
    writeFileSync(startUp, "umask 022\n");
    if (isLinked && file !== undefined && text !== undefined) linkTo(file, text, home);
    home.said();
    const before = home.manifest();
    for (const { words, says: [name, value] } of changes) {
      await step(`config ${words.join(" ")}`, async () => {
        home.config(...(at(words) as string[]));
        expect(home.said()[name]).toEqual(at(value));
      });
    }
    if (isLinked && file !== undefined && text !== undefined) {
      expect(lstatSync(join(home.home, file)).isSymbolicLink()).toBe(true);
      for (const line of text.split(/\r?\n/)) expect(readFileSync(join(home.home, file), "utf8")).toContain(line);
    }
    await step("undo", async () => {
      for (const _ of changes) home.undo();
      expect(settled(home.manifest(), home)).toEqual(settled(before, home));
    });
  } finally {
    home.close();
  }
}

/** Without what the tools make when they are asked: caches, logs, directories for them. */
function settled(manifest: readonly string[], { home }: SettingsHome): string[] {
  return manifest.filter((entry) => entry.startsWith(`${home}/.config`) || entry.startsWith(`${home}/.profile`) || entry.startsWith(`${home}/dotfiles`));
}

describe("config set, unset, add and remove, and what the tool says then", () => {
  const { pythons, obstacle } = inject("equipment");
  const noBash = existsSync("/bin/bash") ? null : "needs bash";
  for (const proof of proofs) {
    for (const wanted of wantedTools.filter(({ tool }) => tool === proof.tool)) {
      const found = obstacle === null ? findPythonTool(wanted, pythons) : undefined;
      const reason = obstacle ?? noBash ?? found?.obstacle ?? null;
      const isOlder = (since: string | undefined): boolean => since !== undefined && (found?.version ?? "").localeCompare(since, "en", { numeric: true }) < 0;
      const own = { ...proof, changes: proof.changes.filter(({ since }) => !isOlder(since)) };
      const name = `${proof.tool} ${found?.version ?? wanted.version ?? "newest"}`;
      const real = found !== undefined && found.obstacle === null ? found : { version: "", prefix: "" };
      it.skipIf(reason !== null)(`${name}, a new file${reason === null ? "" : ` (${reason})`}`, () => prove(own, real, false));
      if (proof.file !== undefined) it.skipIf(reason !== null)(`${name}, a linked file with comments${reason === null ? "" : ` (${reason})`}`, () => prove(own, real, true));
    }
  }
});
