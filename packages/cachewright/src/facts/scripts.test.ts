import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { nodeMachine } from "../machine/node-machine.ts";
import { install } from "./example-facts.ts";
import type { ScriptFact } from "./facts.ts";
import { startLooks } from "./looks.ts";
import { scriptFacts } from "./scripts.ts";

let home: string;
let bin: string;
beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), "cachewright-scripts-")));
  bin = join(home, ".local/bin");
  mkdirSync(bin, { recursive: true });
});
afterEach(() => rmSync(home, { recursive: true }));

const wrapper = (interpreter: string): string => `#!${interpreter}\n# -*- coding: utf-8 -*-\nimport re\nimport sys\nfrom demo import main\nif __name__ == '__main__':\n    sys.exit(main())\n`;
function put(name: string, text: string, mode = 0o755): void {
  writeFileSync(join(bin, name), text);
  chmodSync(join(bin, name), mode);
}
const seen = (options: { all?: boolean; paths?: string[] } = {}): ScriptFact[] =>
  scriptFacts(startLooks(nodeMachine({ env: {} })), [install({ userSite: join(home, ".local/lib/python3.11/site-packages") })], { all: false, paths: [], ...options });

describe("scripts that cannot be started", () => {
  it("are those whose interpreter is gone, also behind a shell, and those without the executable bit", () => {
    const python = join(home, "python3.11");
    writeFileSync(python, "");
    put("gone", wrapper("/nonexistent/bin/python3"));
    put("long", `#!/bin/sh\n'''exec' "/nonexistent/bin/python3" "$0" "$@"\n' '''\nimport sys\nsys.exit(1)\n`);
    put("plain", wrapper(python), 0o644);
    put("sound", wrapper(python));
    expect(seen().map(({ path, fault, interpreter }) => [path, fault, interpreter])).toEqual([
      [join(bin, "gone"), "no-interpreter", "/nonexistent/bin/python3"],
      [join(bin, "long"), "no-interpreter", "/nonexistent/bin/python3"],
      [join(bin, "plain"), "no-exec", python],
    ]);
  });

  it("are no one's own scripts, no other programs, and none that env looks for", () => {
    put("mine", "#!/nonexistent/bin/python3\nprint('mine')\n");
    put("notes.txt", "import sys; sys.exit(0)\n", 0o644);
    put("env", wrapper("/usr/bin/env python2"));
    put("perl", wrapper("/nonexistent/bin/perl"));
    expect(seen()).toEqual([]);
  });

  it("are looked for in a bounded number of files, in all when asked, and where a log says", () => {
    for (let i = 10; i < 60; i += 1) put(`tool${i}`, wrapper("/nonexistent/bin/python3"));
    expect(seen()).toHaveLength(24);
    expect(seen({ all: true })).toHaveLength(50);
    expect(seen({ paths: [join(bin, "tool59")] }).map(({ path }) => path)).toContain(join(bin, "tool59"));
  });
});
