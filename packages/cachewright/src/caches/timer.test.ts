import { expect, it } from "vitest";
import type { Machine } from "../machine/machine.ts";
import { timerFor } from "./timer.ts";

it("writes words that systemd reads as they are", () => {
  const machine = { platform: "linux", env: { HOME: "/home/me" }, account: () => ({ ok: false }), readFile: () => ({ ok: false, errno: "ENOENT" }), lstat: () => ({ ok: false, errno: "ENOENT" }) } as unknown as Machine;
  const { steps } = timerFor(machine, { calendar: "daily", command: ["/usr/bin/node", "/a b/50%/$HOME/x\nExecStart=/bin/false"] });
  const [service] = steps.flatMap((step) => (step.kind === "edit-config" ? step.edits.map(({ content }) => content) : []));
  expect(service).toContain(String.raw`ExecStart=/usr/bin/node "/a b/50%%/$$HOME/x\nExecStart=/bin/false"`);
});
