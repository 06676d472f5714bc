import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { symlinkSync, rmSync } from "node:fs";
import { pythonTree, type PythonTree } from "../../../test/pythons/python-tree.ts";
import { uvArchiveDamage } from "./damage.ts";

let tree: PythonTree;
beforeEach(() => { tree = pythonTree(); });
afterEach(() => tree.remove());

const id = "dXLQFFhCpGZeAGKz";
const record = 'six.py,sha256=x,3\n"a,b.py",sha256=x,0\nsix-1.0.dist-info/METADATA,sha256=x,5\nsix-1.0.dist-info/WHEEL,sha256=x,5\nsix-1.0.dist-info/RECORD,,\n';

/** A wheel in its archive, with the link and the pointer that lead to it. */
function unpacked(archive = id): void {
  for (const [name, text] of Object.entries({ "six.py": "V=1", "a,b.py": "", "six-1.0.dist-info/METADATA": "Name:", "six-1.0.dist-info/WHEEL": "Tag: ", "six-1.0.dist-info/RECORD": record })) tree.file(`uv/archive-v0/${archive}/${name}`, text);
  tree.file("uv/wheels-v5/pypi/six/1.0-py3-none-any.http", "x");
  symlinkSync(tree.at(`uv/archive-v0/${archive}`), tree.at("uv/wheels-v5/pypi/six/1.0-py3-none-any"));
}
const damage = () => uvArchiveDamage(tree.machine(), tree.at("uv"));

describe("uvArchiveDamage", () => {
  it("finds nothing in a whole wheel, and nothing in a cache that is not there", () => {
    expect(damage()).toEqual([]);
    unpacked();
    expect(damage()).toEqual([]);
  });

  it.each(["six.py", "six-1.0.dist-info/METADATA", "six-1.0.dist-info/RECORD"])("finds that %s is gone, and names what leads there", (name) => {
    unpacked();
    rmSync(tree.at(`uv/archive-v0/${id}/${name}`));
    const link = tree.at("uv/wheels-v5/pypi/six/1.0-py3-none-any");
    expect(damage()).toEqual([{ path: tree.at(`uv/archive-v0/${id}`), paths: [link, `${link}.http`], says: `${name} is not there` }]);
  });

  it("finds what was emptied, and not what was empty from the beginning", () => {
    unpacked();
    tree.file(`uv/archive-v0/${id}/six.py`, "");
    expect(damage().map(({ says }) => says)).toEqual(["six.py is empty, and had 3 bytes"]);
  });

  it("passes over what nothing leads to, links to nowhere, and what is no archive", () => {
    unpacked();
    rmSync(tree.at(`uv/archive-v0/${id}`), { recursive: true });
    tree.file("uv/archive-v0/AAAAAAAAAAAAAAAA/x", "");
    tree.file("uv/wheels-v5/pypi/other/note", "");
    symlinkSync(tree.at("home"), tree.at("uv/wheels-v5/pypi/other/1.0-py3-none-any"));
    expect(damage()).toEqual([]);
  });
});
