/** The reverse: on a healthy user, with every pip, doctor finds nothing and fix changes nothing. */
import { describe, it } from "vitest";
import { obstacleFor, pipsFor, withIndex } from "../case.ts";
import { visit } from "../healthy.ts";
import type { PatientOptions } from "../patient.ts";

const PLACES: readonly Pick<PatientOptions, "place" | "root">[] = [{ place: "venv" }, { place: "foreign prefix" }, { place: "venv", root: true }];

describe("a healthy user", () => {
  const index = withIndex();
  for (const pip of pipsFor("all")) {
    for (const each of PLACES) {
      const reason = obstacleFor(pip, [], each.place);
      it.skipIf(reason !== null)(`pip ${pip.version}, ${each.place}${each.root ? ", root" : ""}${reason === null ? "" : ` (${reason})`}`, () => visit({ ...each, pip, index: index() }));
    }
  }
});
