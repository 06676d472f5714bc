import { describe, expect, it } from "vitest";
import { fixed, found, resultsOf } from "../../example-lint.ts";

const code = "chmod-open-to-all";

describe("chmod-open-to-all", () => {
  it.each([
    ["chmod -R 777 ~/.cache/pip", ["777 ~/.cache/pip"]],
    ["chmod 0777 /usr/lib/python3/dist-packages", ["0777 /usr/lib/python3/dist-packages"]],
    ["sudo chmod -R a+rwX /opt/conda", ["a+rwX /opt/conda"]],
    ["chmod o+w /opt/venv", ["o+w /opt/venv"]],
    ["chmod ugo=rwx x/.venv", ["ugo=rwx x/.venv"]],
    ["export PIP_CACHE_DIR=/srv/c; chmod 777 /srv/c", ["777 /srv/c"]],
    ["chmod 755 ~/.cache/pip; chmod g+w /opt/conda; chmod o-w /opt/venv; chmod a+rX /opt/venv; chmod +x .venv/x", []],
    ["chmod 777 /data /tmp/x", []],
    ["chmod $MODE ~/.cache", []],
    ["chmod --reference=a ~/.cache", []],
  ])("%s", (text, expected) => {
    expect(found(code, text, "shell")).toEqual(expected);
  });

  it("changes no rights itself", () => {
    expect(fixed(code, "chmod 777 ~/.cache", "shell")).toBe("chmod 777 ~/.cache");
    expect(resultsOf(code, "chmod 777 ~/.cache", "shell")[0]?.message).toContain("everybody");
  });
});
