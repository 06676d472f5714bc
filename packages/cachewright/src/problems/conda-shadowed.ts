/** `config-shadowed` of conda: what a person's own file says of places and links, and another file keeps from counting. */
import type { CondaFact, Facts } from "../facts/facts.ts";
import { selfActor } from "./look-up.ts";
import type { Evidence, Finding, Remedy } from "./problem.ts";
import { askForEdit, mayEdit, placeOf } from "./settings-words.ts";

type Shadowed = NonNullable<CondaFact["shadowed"]>[number];

export function shadowedCondaSettings(facts: Facts): Finding[] {
  const { conda } = facts;
  return (conda?.shadowed ?? []).map(({ key, beaten, winner, isClosed }): Finding => {
    const evidence: Evidence[] = [{ says: `${key}: ${beaten.value}`, from: beaten.from }, { says: `${key}: ${winner.value}${isClosed ? " #!final" : ""} (this one counts)`, from: winner.from }];
    return {
      problem: "config-shadowed", severity: "note", subject: placeOf(beaten), evidence,
      params: {
        place: placeOf(beaten), key, value: beaten.value, path: beaten.from.path ?? "", winner: placeOf(winner), other: winner.value, section: "", variable: "",
        pip: `conda ${conda?.version ?? ""}`, variant: isClosed ? "closed" : "stronger-file", conda: "yes",
      },
    };
  });
}

export function shadowedCondaRemedies(found: Finding, facts: Facts): Remedy[] {
  const one = facts.conda?.shadowed?.find(({ beaten, key }) => placeOf(beaten) === found.subject && key === found.params["key"]);
  if (one === undefined) return [];
  const cure = (id: string, { from }: Pick<Shadowed["beaten"], "from">, why: string): Remedy => {
    const params = { place: placeOf({ from }) };
    if (!mayEdit(facts, from.path)) return { ...askForEdit(id, { from }), params };
    return { id, needs: "user", params, steps: [{ kind: "change-config", why, actor: selfActor(facts), path: from.path, change: { do: "value", format: "yaml", edit: { do: "unset", path: [one.key] } } }] };
  };
  return [cure("remove-weaker", one.beaten, "it counts for nothing where it stands"), cure("remove-stronger", one.winner, "with it gone, the other value counts")];
}
