"use strict";

/**
 * Most of a short command's time goes into compiling what it loads. The build keeps V8's compiled form of each chunk
 * (`dist/cli/code/<V8>-<arch>`); another V8 finds none and compiles as usual, and V8 itself declines what does not fit.
 */
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

/** Loads the chunks in `cli` by `bytesFor`; every script is told to `made`. */
function loadChunks(cli, bytesFor, made) {
  const usual = require.extensions[".cjs"] ?? require.extensions[".js"];
  require.extensions[".cjs"] = (module, filename) => {
    const cachedData = path.dirname(filename) === cli ? bytesFor(filename) : undefined;
    if (path.dirname(filename) !== cli || (cachedData === undefined && made === undefined)) return usual(module, filename);
    const script = new vm.Script(wrap(fs.readFileSync(filename, "utf8")), { filename, cachedData, importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER });
    made?.(filename, script);
    return script.runInThisContext().call(module.exports, module.exports, createRequire(filename), module, filename, cli);
  };
}

exports.useCompiled = (cli) => {
  const dir = codeDir(cli);
  if (fs.existsSync(dir)) loadChunks(cli, (chunk) => bytesOf(codeFile(dir, chunk)));
};

/** For the build: what a command compiles is written when it ends; of a chunk that several commands load, the fullest form stays. */
exports.keepCompiled = (cli) => {
  const scripts = new Map();
  loadChunks(cli, () => undefined, (filename, script) => scripts.set(filename, script));
  process.on("exit", () => {
    const dir = codeDir(cli);
    fs.mkdirSync(dir, { recursive: true });
    for (const [chunk, script] of scripts) {
      const bytes = script.createCachedData();
      if (bytes.length > (bytesOf(codeFile(dir, chunk))?.length ?? 0)) fs.writeFileSync(codeFile(dir, chunk), bytes);
    }
  });
};
