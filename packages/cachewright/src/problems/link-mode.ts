import type { Facts } from "../facts/facts.ts";
import { personalFile } from "./caches.ts";
import { selfActor } from "./look-up.ts";
import type { Remedy } from "./problem.ts";

/** What a uv here is told of links; undefined where nobody said anything. */
export function uvLinkMode(facts: Facts): string | undefined {
  const uvs = (facts.tools ?? []).filter(({ tool }) => tool === "uv");
  const found = uvs.flatMap(({ settings }) => settings.filter(({ key }) => key === "link-mode").map(({ value }) => value ?? ""));
  return found[0] ?? facts.env["UV_LINK_MODE"];
}

/** One line in the person's own `uv.toml`; shown where there is no uv whose file it would be. */
export function copyMode(facts: Facts): Remedy {
  const file = uvLinkMode(facts) === undefined ? personalFile(facts, "uv") : undefined;
  if (file === undefined) return { id: "copy-mode", needs: "user", steps: [], shown: ["export UV_LINK_MODE=copy"] };
  return {
    id: "copy-mode", needs: "user", params: { file },
    steps: [{ kind: "change-config", why: "uv copies, and does not try to link first", actor: selfActor(facts), path: file, change: { do: "value", format: "toml", edit: { do: "set", path: ["link-mode"], value: "copy" } } }],
  };
}
