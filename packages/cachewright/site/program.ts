/** What `scripts/docs.mjs` bundles and calls. */
export { faultsOf } from "./check.ts";
export { siteFiles } from "./site.ts";
