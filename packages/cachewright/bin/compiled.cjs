"use strict";

/**
 * Most of a short command's time goes into finding and compiling what it loads. The build keeps V8's compiled form of each
 * chunk (`dist/cli/code/<V8>-<arch>`), and chunks are then loaded by name from their one directory, which is quicker than
 * Node's search. Another V8 finds none and loads as usual, and V8 itself declines what does not fit.
 */
const { isAscii } = require("node:buffer");
const fs = require("node:fs");
const { createRequire, wrap } = require("node:module");
const path = require("node:path");
const vm = require("node:vm");

const codeDir = (cli) => path.join(cli, "code", `${process.versions.v8}-${process.arch}`);
const codeFile = (dir, chunk) => path.join(dir, `${path.basename(chunk, ".cjs")}.bin`);

function bytesOf(file) {
  try {
    return fs.readFileSync(file);
  } catch {
    return undefined;
  }
}

const [before, after] = wrap("\0").split("\0").map((text) => Buffer.from(text));

/** The build leaves nothing but ASCII in most chunks: half the memory, and nothing to decode. */
function sourceOf(filename) {
  const bytes = Buffer.concat([before, fs.readFileSync(filename), after]);
  return isAscii(bytes) ? bytes.latin1Slice() : bytes.utf8Slice();
}

/** Answers with what loads a chunk in `cli` by its name (`./x.cjs`); every script is told to `made`. */
function chunkLoader(cli, bytesFor, made) {
  const loaded = new Map();
  const usual = createRequire(path.join(cli, "main.cjs"));
  const load = (name) => {
    if (!name.startsWith("./")) return usual(name);
    const known = loaded.get(name);
    if (known !== undefined) return known.exports;
    const filename = cli + path.sep + name.slice(2);
    // The compiled form keeps the name it was made under, which is to be none of the machine that built it.
    const script = new vm.Script(sourceOf(filename), { filename: `cachewright/${name.slice(2)}`, cachedData: bytesFor(filename), importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER });
    made?.(filename, script);
    const chunk = { exports: {} };
    loaded.set(name, chunk);
    script.runInThisContext().call(chunk.exports, chunk.exports, load, chunk, filename, cli);
    return chunk.exports;
  };
  return load;
}

/** Runs the command in `cli` from its compiled form; false where there is none for this V8. */
exports.runCompiled = (cli) => {
  const dir = codeDir(cli);
  if (!fs.existsSync(dir)) return false;
  chunkLoader(cli, (chunk) => bytesOf(codeFile(dir, chunk)))("./main.cjs");
  return true;
};

/** For the build: runs the command, and what it compiles is written when it ends, beside what others before it compiled of the same chunks. */
exports.keepCompiled = (cli) => {
  const scripts = new Map();
  process.on("exit", () => {
    const dir = codeDir(cli);
    fs.mkdirSync(dir, { recursive: true });
    for (const [chunk, script] of scripts) fs.writeFileSync(codeFile(dir, chunk), script.createCachedData());
  });
  chunkLoader(cli, (chunk) => bytesOf(codeFile(codeDir(cli), chunk)), (filename, script) => scripts.set(filename, script))("./main.cjs");
};
