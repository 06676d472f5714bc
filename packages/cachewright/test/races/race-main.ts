import { attack, type AttackKind } from "./attack.ts";
import { raceApply, type Defender, type RaceRule } from "./race-apply.ts";

/** What runs in a race's processes: `race RULE` is the defender's side, its report goes to stdout; `attack …` the attacker's. */
export function raceMain(defend: Defender): void {
  const [, , side, ...rest] = process.argv;
  if (side === "attack") attack(rest[0] as AttackKind, rest[1] as string, rest[2] as string);
  else process.stdout.write(JSON.stringify(raceApply(defend, JSON.parse(rest[0] as string) as RaceRule)));
}
