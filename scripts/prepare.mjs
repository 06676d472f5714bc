/**
 * npm runs this wherever it has made a checkout's dependencies ready. Built is only where npm packs the checkout for
 * somebody who installs it by its git address (pre-commit, `npx git+…`): npm runs no `prepack` there (pacote, lib/dir.js).
 * In a checkout of one's own `npm start` builds, and `npm install` stays what it is.
 */
import { asScript, ensureReady } from "./bootstrap.mjs";

if (process.env._PACOTE_NO_PREPARE_ !== undefined || process.env.npm_package_resolved !== undefined) {
  // Of `npm install -g`; what is built here needs the checkout's own dependencies.
  for (const name of ["global", "location", "prefix", "install_links"]) delete process.env[`npm_config_${name}`];
  await asScript(ensureReady);
}
