import type { Look } from "../../src/report/text/look.ts";

/** Reports as a pipe without UTF-8 gets them. */
export const plainLook: Look = {
  width: 80, paint: (_, text) => text, symbols: { error: "x", warning: "!", note: "*", good: "+", dot: "-" },
  command: "cachewright", rootCommand: ["/opt/node/bin/node", "/opt/cw/bin/cachewright.cjs"],
};
