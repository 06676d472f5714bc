/** How the built command is cut into chunks: what one command loads lies together, and nothing it has no need of. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const src = fileURLToPath(new URL("../packages/cachewright/src", import.meta.url));

/**
 * What `doctor` and `config` both need: how pip and its Pythons behave, and how text is laid out. Other tools' adapters
 * and the editors of TOML and YAML are chunks of their own, loaded when a tool is asked about or a file is changed.
 */
const shared = new RegExp(`src/(?:${[
  "tools/pip/(?!tool|keys|effective|read-files)[\\w-]+", "tools/uv/(?:buckets|version)", "tools/python/(?:installs|layout|pyenv|broken-venv|known-pythons)", "tools/(?:login-shell|once-per-question|near|known-keys)", "cli/known-tools", "configs/(?:ini|ini-lines|text-edit)", "machine/(?:node-machine|one-look|path-bytes|run-program|remembering|stepping-realpath|part-of)",
  "cli/look-here", "report/text/(?:look|visible)",
].join("|")})\\.ts$`);

/** What every diagnosis loads besides, as one file: twenty small ones cost 4 ms more. */
const diagnosis = new RegExp(`src/(?:${[
  "cli/doctor", "tools/conda/(?!condarc\\.|conda\\.|installs\\.|version\\.|(?:condarc-parts|condarc-reader|home|keys|matches|merge|outdented|plain-condarc|python-text|read-condarcs|search-path|root|settings|settings-here|values)\\.)[\\w-]+", "tools/tools-in-use", "tools/uv/(?:cache|damage|leftovers)", "tools/mamba/cache", "tools/pixi/plain-config",
  "facts/(?!schema|snapshot|example|tool-(?:file-reader|config-details|project-files))[\\w-]+",
  "problems/(?!texts|messages)[\\w.-]+", "problems/[\\w-]+/(?!messages|[\\w-]+-messages)[\\w-]+", "report/text/(?:calm|reader)",
].join("|")})\\.ts$`);

/** What `config show` loads besides. The other tools' adapters follow when one is found. */
const settings = new RegExp(`src/(?:${[
  "cli/config(?:-show)?", "settings/(?!neutral-keys|wish|targets|judge|overlay)[\\w-]+", "report/text/(?:settings|config-files)",
  "tools/pip/(?:tool|keys|effective|read-files)",
].join("|")})\\.ts$`);

/** The search for installs of all tools, apart from their adapters: a machine has few of them. */
const search = new RegExp(`src/(?:${[
  "tools/(?:conda|uv|pixi|pyenv)/installs", "tools/conda/version", "tools/(?:uv|pixi)/locations", "tools/poetry/default-places",
  "tools/python/(?:tool-installs|distribution-installs|platformdirs|app-dir|account-home|resolved-path|holds-one-of)",
].join("|")})\\.ts$`);

/** Small adapters, those with a parser of TOML and those without: a file of its own for each costs more than what is not asked for. */
const projectTools = /node_modules\/smol-toml\/|src\/(?:facts\/tool-(?:file-reader|config-details|project-files)|tools\/(?:poetry|pdm|pipenv|hatch)\/|tools\/python\/toml-(?:config|cure|secrets)|tools\/uv\/toml-(?:file|lines))[\w-]*(?:\.ts)?/;
/** What conda's settings come to: a diagnosis and `config` both ask. */
const condaSettings = /src\/tools\/(?:pixi\/settings|conda\/(?:condarc-parts|condarc-reader|home|keys|matches|merge|outdented|plain-condarc|python-text|read-condarcs|search-path|root|settings|settings-here|values))\.ts$/;

/** What every command but --version loads first. */
const typed = /src\/cli\/(?:typed|commands?|cache-commands|cache-file-commands|parse-call)\.ts$/;
const plainTools = /src\/tools\/(?:pipx|virtualenv|pyenv)\/[\w-]+\.ts$/;

/** A chunk of its own costs 0.3 ms, however small it is. `start` is loaded by every command, and by --version too. */
const start = /^\0lazy-node:(?:sea|util)$|src\/(?:machine\/(?:app-error|own-files|redact)|tools\/all-tools)\.ts$/;
const small = /^\0(?:lazy-node:(?!sea$|util$)|paths$)|src\/(?:machine\/path-steps|report\/text\/(?:wrap|amounts))\.ts$/;

/** What stands before somebody's own command. */
const before = /src\/(?:cli\/run|machine\/(?:run-child|ended|find-program|inherited-fds|output-places|relay-python|relay\.generated))\.ts$/;

/** Entered by the cache commands alone. */
const ofCaches = /\/src\/(?:cli\/cache-(?!commands)[\w-]+|tools\/[\w-]+\/tool-cache|caches\/[\w-]+)\.ts$/;

/** Modules that a module loads; `lazily`: those too that it loads only when it needs them. What is not there the bundler tells of, with the line. */
function loadedBy(file, lazily) {
  const code = readFileSync(file, "utf8").replace(/^(?:import|export) type [^;]*;$/gm, "");
  const pattern = lazily ? /(?:from|import\() ?"(\.[^"]+\.ts)"/g : /from "(\.[^"]+\.ts)"/g;
  return [...code.matchAll(pattern)].map(([, path]) => join(file, "..", path)).filter((next) => existsSync(next));
}

/** Every module that something else than the cache commands has need of. What these have for themselves joins no group. */
function neededElsewhere() {
  const found = new Set([join(src, "cli/main.ts")]);
  for (const file of found) for (const next of loadedBy(file, true)) if (!ofCaches.test(next)) found.add(next);
  return found;
}

/** Of every tool that has a cache: what its adapter loads with it. */
function neededByAdapters() {
  const adapters = readdirSync(join(src, "tools"), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => join(src, "tools", name, "tool-cache.ts")).filter((file) => existsSync(file));
  return adapters.map((adapter) => {
    const found = new Set([adapter]);
    for (const file of found) for (const next of loadedBy(file, false)) found.add(next);
    return found;
  });
}

/** Loading these costs up to 5 ms each, and almost no command starts a program, hashes, unpacks or paints. */
const lazy = Object.fromEntries(["child_process", "crypto", "sea", "util", "zlib"].map((name) => [`node:${name}`, namesImported(`node:${name}`)]));

function namesImported(id) {
  const files = readdirSync(src, { recursive: true }).map(String).filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"));
  const clauses = files.flatMap((file) => [...readFileSync(join(src, file), "utf8").matchAll(new RegExp(`^import \\{([^}]*)\\} from "${id}";`, "gm"))].map(([, names]) => names));
  return [...new Set(clauses.flatMap((names) => names.split(",").map((name) => name.trim()).filter((name) => name !== "" && !name.startsWith("type "))))].sort();
}

export const lazyBuiltins = {
  name: "lazy-builtins",
  resolveId: (id) => (id in lazy ? `\0lazy-${id}` : null),
  load: (id) => lazy[id.slice("\0lazy-".length)]
    ?.map((name) => lazily(name, `process.getBuiltinModule("${id.slice("\0lazy-".length)}").${name}`)).join("\n") ?? null,
};

/** Functions are looked up when they are called, constants when one is asked for. */
function lazily(name, it) {
  return name === "constants" ? `export const ${name} = new Proxy({}, { get: (_, key) => ${it}[key] });` : `export const ${name} = (...given) => ${it}(...given);`;
}

/** node:path goes through every path letter by letter, often enough for V8's optimiser to spend 5 ms on it. */
export const quickPaths = {
  name: "quick-paths",
  resolveId: (id, importer) => (id === "node:path" && importer !== "\0paths" && !importer?.endsWith("path-steps.ts") ? "\0paths" : null),
  load: (id) => (id === "\0paths" ? `export { basename, delimiter, extname, isAbsolute, normalize, parse, posix, relative, resolve, sep, win32 } from "node:path";
    export { joined as join, parentOf as dirname } from ${JSON.stringify(join(src, "machine/path-steps.ts"))};` : null),
};

export function chunkGroups() {
  const elsewhere = neededElsewhere();
  const adapters = neededByAdapters();
  const users = (id) => adapters.filter((found) => found.has(id)).length;
  // What caches and a diagnosis both read with: an overview of caches must not load the whole diagnosis for it.
  const cacheReading = { name: "cache-reading", test: (id) => id.startsWith(join(src, "tools/")) && elsewhere.has(id) && users(id) > 0 && diagnosis.test(id) };
  // What several adapters share and nothing else: one file instead of twenty small ones.
  const cacheParts = { name: "cache-parts", test: (id) => id.startsWith(src) && !elsewhere.has(id) && !ofCaches.test(id) && users(id) > 1 };
  const group = (name, test) => ({ name, test: (id) => test.test(id) && (!id.startsWith(src) || elsewhere.has(id)) });
  return [group("typed", typed), group("run", before), group("conda-settings", condaSettings), group("shared", shared), cacheReading, cacheParts, group("diagnosis", diagnosis), group("search", search), group("settings", settings), group("project-tools", projectTools), group("plain-tools", plainTools), group("start", start), group("small", small)];
}
