"use strict";

/**
 * Most of a short command's time goes into finding and compiling what it loads. The build keeps V8's compiled form of each
 * chunk (`dist/cli/code/<V8>-<arch>`), and chunks are then loaded by name from their one directory, which is quicker than
 * Node's search. Another V8 finds none and loads as usual, and V8 itself declines what does not fit.
 */
const { isAscii } = require("node:buffer");
const fs = require("node:fs");
const vm = require("node:vm");

const codeDir = (cli) => `${cli}/code/${process.versions.v8}-${process.arch}`;

function bytesOf(file) {
  try {
    return fs.readFileSync(file);
  } catch {
    return undefined;
  }
}

const before = Buffer.from("(function (exports, require, module, __filename, __dirname) { ");
const after = Buffer.from("\n})");

/** The build leaves nothing but ASCII in most chunks: half the memory, and nothing to decode. */
function sourceOf(chunk) {
  const bytes = Buffer.concat([before, chunk, after]);
  return isAscii(bytes) ? bytes.latin1Slice() : bytes.utf8Slice();
}

/** Where chunks and their compiled form come from, by name without an ending: files below `cli`. */
const filesIn = (cli) => ({ cli, chunk: (name) => fs.readFileSync(`${cli}/${name}.cjs`), code: (name) => bytesOf(`${codeDir(cli)}/${name}.bin`) });

/** Answers with what loads a chunk by its name (`./x.cjs`), or a module of Node's; every script is told to `made`. */
function chunkLoader({ cli, chunk: chunkNamed, code }, made) {
  const loaded = new Map();
  const load = (name) => {
    if (!name.startsWith("./")) return require(name);
    const known = loaded.get(name);
    if (known !== undefined) return known.exports;
    const short = name.slice(2, -".cjs".length);
    // The compiled form keeps the name it was made under, which is to be none of the machine that built it.
    const script = new vm.Script(sourceOf(chunkNamed(short)), { filename: `cachewright/${short}.cjs`, cachedData: code(short), importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER });
    made?.(short, script);
    const chunk = { exports: {} };
    loaded.set(name, chunk);
    script.runInThisContext().call(chunk.exports, chunk.exports, load, chunk, `${cli}/${short}.cjs`, cli);
    return chunk.exports;
  };
  return load;
}

/** Runs the command in `cli` from its compiled form; false where there is none for this V8. */
exports.runCompiled = (cli) => {
  if (!fs.existsSync(codeDir(cli))) return false;
  chunkLoader(filesIn(cli))("./main.cjs");
  return true;
};

/** For the build: runs the command, and what it compiles is written when it ends, beside what others before it compiled of the same chunks. */
exports.keepCompiled = (cli) => {
  const scripts = new Map();
  process.on("exit", () => {
    fs.mkdirSync(codeDir(cli), { recursive: true });
    for (const [name, script] of scripts) fs.writeFileSync(`${codeDir(cli)}/${name}.bin`, script.createCachedData());
  });
  chunkLoader(filesIn(cli), (name, script) => scripts.set(name, script))("./main.cjs");
};

/** For the single executable, where chunks are assets: runs the command from what `from` answers with, as `filesIn` does. */
exports.runFrom = (from) => chunkLoader(from)("./main.cjs");
