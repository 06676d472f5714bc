/** Not a false alarm: set-ups that differ from most people's and are healthy as they are. */
import { describe, it } from "vitest";
import { obstacleFor, pipsFor, withIndex } from "../case.ts";
import { visit } from "../healthy.ts";
import { people } from "../set-ups/people.ts";
import { places } from "../set-ups/places.ts";
import { newest } from "../set-ups/set-up.ts";
import { services } from "../set-ups/services.ts";

describe("a healthy set-up", () => {
  const index = withIndex();
  for (const { name, pips = newest, patient, needs, make } of [...people, ...services, ...places]) {
    describe(`${name}`, () => {
      for (const pip of pipsFor(pips)) {
        const reason = obstacleFor(pip, needs, patient?.place);
        it.skipIf(reason !== null)(`pip ${pip.version}${reason === null ? "" : ` (${reason})`}`, () => visit({ ...patient, pip, index: index() }, make));
      }
    });
  }
});
