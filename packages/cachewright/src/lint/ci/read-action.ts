import type { Reader } from "../source.ts";

export const readAction: Reader = (text, path) => ({
  ok: true,
  source: { path, kind: "action", text, steps: [], stages: [], unread: [] },
});
