#!/usr/bin/env node
"use strict";

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`cachewright needs Node 20.19 or newer; this is ${process.version}\n`);
  process.exitCode = 2;
} else {
  start();
}

function start() {
  const cli = `${__dirname}/../dist/cli`;
  const main = `${cli}/main.cjs`;
  try {
    if (!require("./compiled.cjs").runCompiled(cli)) require(main);
  } catch (error) {
    if (error.code !== "MODULE_NOT_FOUND" || require("node:fs").existsSync(main)) throw error;
    process.stderr.write("cachewright is not built yet. In a checkout, `npm start` (or `npm run build`) builds it.\n");
    process.exitCode = 2;
  }
}
