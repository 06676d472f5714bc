import { describe, expect, it } from "vitest";
import { inDocker, present, root, rootOwned } from "../../facts/example-facts.ts";
import { toolSetting } from "../../facts/example-tools.ts";
import { examine } from "../examine.ts";
import { uvToml, withSetting, withUv } from "../ill-uv.ts";
import { problem } from "./problem.ts";

const off = (from: Parameters<typeof toolSetting>[2] & object) => toolSetting("no-cache", "true", from);
const inOwnFile = off({ from: { path: uvToml, line: 3 } });
const byVariable = off({ from: { env: "UV_NO_CACHE" } });

describe("uv-cache-off finds", () => {
  it("nothing where nothing is set, and nothing where a false word stands", () => {
    expect(problem.detect(withUv([]))).toEqual([]);
    expect(problem.detect(withSetting(toolSetting("no-cache", "false", { from: { env: "UV_NO_CACHE" } })))).toEqual([]);
  });

  it("the line, and the variable", () => {
    expect(examine(problem, withSetting(inOwnFile)).found).toMatchObject({ severity: "warning", subject: `${uvToml}:3`, params: { tool: "uv 0.13.9" } });
    expect(examine(problem, withSetting(byVariable)).found).toMatchObject({ subject: "UV_NO_CACHE" });
  });

  it("nothing that a container's variable says, or its root, or a step that builds an image", () => {
    expect(problem.detect(withSetting(byVariable, [], { machine: inDocker }))).toEqual([]);
    expect(problem.detect(withSetting(inOwnFile, [], { machine: inDocker, user: root() }))).toEqual([]);
    expect(problem.detect(withSetting(inOwnFile, [], { imageBuild: { by: "buildkit", from: { path: "/proc" }, caches: [] } }))).toEqual([]);
    expect(problem.detect(withSetting(inOwnFile, [], { machine: inDocker }))).toHaveLength(1);
  });

  it("only a note where root set it", () => {
    expect(problem.detect(withSetting(byVariable, [], { user: root() }))).toMatchObject([{ severity: "note" }]);
  });
});

describe("the cures", () => {
  it("take the line out of the person's own file", () => {
    expect(examine(problem, withSetting(inOwnFile)).cure("edit-out").steps).toMatchObject([{ path: uvToml, change: { do: "value", edit: { do: "unset", path: ["no-cache"] } } }]);
  });

  it("take it out of the table of a project's file", () => {
    const file = "/home/me/project/pyproject.toml";
    const facts = withSetting(off({ from: { path: file, line: 9 } }), [present("/home/me/project"), present(file, { type: "file" })]);
    expect(examine(problem, facts).cure("edit-out").steps).toMatchObject([{ path: file, change: { edit: { path: ["tool", "uv", "no-cache"] } } }]);
  });

  it("only show what to do with a variable, and with an administrator's file", () => {
    expect(examine(problem, withSetting(byVariable)).cures.map(({ id, steps }) => [id, steps.length])).toEqual([["unset-variable", 0], ["keep-it", 0]]);
    const facts = withSetting(off({ from: { path: "/etc/uv/uv.toml", line: 1 } }), [present("/etc/uv/uv.toml", { type: "file", ...rootOwned })]);
    expect(examine(problem, facts).cure("edit-out")).toMatchObject({ needs: "root", steps: [], shown: ["# edit /etc/uv/uv.toml:1"] });
  });
});
