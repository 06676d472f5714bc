import { AppError } from "../machine/app-error.ts";
import { absoluteCommand } from "../machine/argv.ts";
import type { Diagnosed, Diagnosis } from "../problems/diagnose.ts";
import type { Finding, ProposedStep, Remedy } from "../problems/problem.ts";

/** A finding with the remedy that will be applied. */
export interface Chosen {
  readonly finding: Finding;
  readonly remedy: Remedy;
}

/** A finding this call can do nothing about: every cure is shown, or needs root. */
export interface Shown {
  readonly finding: Finding;
  readonly remedies: readonly Remedy[];
}

/** A chosen cure that was refused when the machine was looked at for the plan; the others go on without it. */
export interface RefusedCure extends Chosen {
  readonly why: string;
  readonly hint: string | undefined;
}

export interface Choice {
  /** In the order they are applied. */
  readonly chosen: readonly Chosen[];
  readonly shown: readonly Shown[];
  readonly refused: readonly RefusedCure[];
}

/** Space first, then rights, then places, then settings, then what is made anew. */
const ranks: Record<ProposedStep["kind"], number> = {
  "clear-cache": 0, "clear-leftovers": 0, remove: 0, "remove-trees": 0, "set-aside": 0, chown: 1, chgrp: 1, chmod: 1, acl: 1, "default-acl": 1, rename: 2, "make-dir": 2, "change-config": 3, "edit-config": 3, run: 4,
};

function rankOf({ remedy }: Chosen): number {
  return Math.min(...remedy.steps.map((step) => ranks[step.kind]));
}

/**
 * Gentlest first is the remedies' own order; one that is only shown is passed over. When the gentlest needs root, a
 * harsher one is not taken in its stead: that is for the person to choose.
 */
function gentlest(remedies: readonly Remedy[], asRoot: boolean): Remedy | undefined {
  const first = remedies.find((remedy) => remedy.steps.length > 0);
  return first === undefined || (first.needs === "root" && !asRoot) ? undefined : first;
}

function named({ finding, remedies }: Diagnosed, wanted: string, { asRoot, user }: Pick<ChooseOptions, "asRoot" | "user">): Remedy | undefined {
  const remedy = remedies.find((candidate) => candidate.id === wanted);
  if (remedy === undefined) return undefined;
  if (remedy.steps.length === 0) {
    throw new AppError("E_USAGE", `${wanted} is only shown for ${finding.problem}: Cachewright does not do it itself`, { hint: `cachewright explain ${finding.problem}` });
  }
  if (remedy.needs === "root" && !asRoot) {
    const { python } = finding.params;
    const words = ["fix", finding.problem, "--choose", wanted, "--for-user", user, ...(python ? ["--python", python] : [])];
    throw new AppError("E_PRIVILEGE", `${wanted} needs root`, { hint: ["sudo", ...absoluteCommand(), ...words].join(" ") });
  }
  return remedy;
}

export interface ChooseOptions {
  readonly asRoot: boolean;
  readonly choose?: string | undefined;
  /** Whom the cures are for. */
  readonly user: string;
}

/**
 * Chooses a remedy for each finding: the named one (`--choose`) where it is offered, else the gentlest that this call
 * may apply. `asRoot`: root acting for somebody.
 */
export function chooseCures(diagnosis: Diagnosis, options: ChooseOptions): Choice {
  const { asRoot, choose } = options;
  const offered = new Set(diagnosis.findings.flatMap(({ remedies }) => remedies.map((remedy) => remedy.id)));
  if (choose !== undefined && diagnosis.findings.length > 0 && !offered.has(choose)) {
    throw new AppError("E_USAGE", `no finding here offers the cure ${choose}`, { hint: `offered: ${[...offered].join(", ")}` });
  }
  const chosen: Chosen[] = [];
  const shown: Shown[] = [];
  for (const diagnosed of diagnosis.findings) {
    const remedy = (choose === undefined ? undefined : named(diagnosed, choose, options)) ?? gentlest(diagnosed.remedies, asRoot);
    if (remedy === undefined) shown.push({ finding: diagnosed.finding, remedies: diagnosed.remedies });
    else chosen.push({ finding: diagnosed.finding, remedy });
  }
  return { chosen: chosen.sort((a, b) => rankOf(a) - rankOf(b)), shown, refused: [] };
}
