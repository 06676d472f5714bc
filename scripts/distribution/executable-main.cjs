"use strict";

/** The start of the single executable: the command's chunks, and their compiled form, are assets of it. */
const { getRawAsset } = require("node:sea");
const { runFrom } = require("../../packages/cachewright/bin/compiled.cjs");

// Views, not copies. V8 checks the compiled form itself, and declines what does not fit.
const asset = (name) => Buffer.from(getRawAsset(name));

function compiled(name) {
  try {
    return asset(`code/${name}.bin`);
  } catch {
    return undefined;
  }
}

// Chunks look for files beside them only after they asked the executable: below this there are none.
runFrom({ cli: "/proc/self/fd/-1/cli", chunk: (name) => asset(`cli/${name}.cjs`), code: compiled });
