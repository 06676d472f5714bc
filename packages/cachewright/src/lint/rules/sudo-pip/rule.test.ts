import { describe, expect, it } from "vitest";
import { fixed, found, resultsOf } from "../../example-lint.ts";

const code = "sudo-pip";

describe("sudo-pip", () => {
  it.each([
    ["sudo pip install x", ["sudo pip install"]],
    ["sudo -H -E python3 -m pip install x", ["sudo -H -E python3 -m pip install"]],
    ["a && sudo env X=1 pip3 uninstall -y x", ["sudo env X=1 pip3 uninstall"]],
    ["sudo /usr/bin/pip3 install x; sudo /home/app/venv/bin/pip install x", ["sudo /usr/bin/pip3 install", "sudo /home/app/venv/bin/pip install"]],
    ["sudo /opt/venv/bin/pip install x && sudo /opt/conda/bin/python3 -m pip install x", []],
    ["sudo bash -c 'a && pip install x'", ["pip install"]],
    ["sudo pip list; sudo -u app pip install x; pip install sudo; sudo apt install python3-pip", []],
  ])("%s", (text, expected) => {
    expect(found(code, text, "shell")).toEqual(expected);
  });

  it("is a warning without a fix", () => {
    expect([resultsOf(code, "sudo pip install x", "shell")[0]?.level, fixed(code, "sudo pip install x", "shell")]).toEqual(["warning", "sudo pip install x"]);
  });
});
