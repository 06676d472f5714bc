import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { nodeMachine } from "../../machine/node-machine.ts";
import { builtWheels } from "./built-wheels.ts";

let cache: string;
beforeEach(() => { cache = realpathSync(mkdtempSync(join(tmpdir(), "cachewright-wheels-"))); });
afterEach(() => rmSync(cache, { recursive: true }));

/** An empty zip is a whole one. */
const zip = Buffer.from("504b0506000000000000000000000000000000000000", "hex");
function put(number: string, file: string): void {
  const path = join(cache, "wheels", number, "02/03/0405060708", file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, zip);
}
const found = (env: Record<string, string> = {}) => builtWheels(nodeMachine({ env: {} }), cache, { env, now: Date.now() }).map(({ project, version, set, reads }) => [project, version, set, reads.length > 0]);

it("are compiled wheels whose build is known to read variables, or after which one that is set is named", () => {
  put("01", "pycurl-7.45.2-cp311-cp311-linux_x86_64.whl");
  put("02", "my_engine-1.0-1-cp311-cp311-linux_x86_64.whl");
  put("03", "django-5.0-py3-none-any.whl");
  expect(found()).toEqual([["pycurl", "7.45.2", [], true]]);
  const all = found({ PYCURL_SSL_LIBRARY: "openssl", MY_ENGINE_BACKEND: "cuda", MY_ENGINE_EMPTY: "", DJANGO_SETTINGS_MODULE: "shop.settings" });
  expect(all.sort()).toEqual([["my-engine", "1.0", ["MY_ENGINE_BACKEND"], false], ["pycurl", "7.45.2", ["PYCURL_SSL_LIBRARY"], true]]);
});

it("are not told by a name so short that it begins other things", () => {
  put("01", "xyz-1.0-cp311-cp311-linux_x86_64.whl");
  expect(found({ XYZ_HOME: "/x" })).toEqual([]);
});
