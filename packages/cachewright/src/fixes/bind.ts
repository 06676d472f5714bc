import { openHands } from "../machine/open-hands.ts";
import { bindAcl } from "./bind-acl.ts";
import { bindConfig } from "./bind-config.ts";
import { bindDefaultAcl } from "./bind-default-acl.ts";
import { bindMakeDirectory, bindRemove, bindRename, bindRun } from "./bind-names.ts";
import { bindMovedAway } from "./bind-moved-away.ts";
import { bindChgrp, bindChmod, bindChown } from "./bind-ownership.ts";
import type { BindOptions, Binding } from "./binding.ts";
import { refuseUnrecognised } from "./recognise.ts";
import type { BoundStep, Step } from "./step.ts";
import { viewAfter } from "./view.ts";

/** Finds every object a step will touch, each with a guard of what must still hold when it is touched. */
export function bindStepIn(step: Step, options: BindOptions): BoundStep {
  const { view, uid, hands, account } = options;
  const trusts = step.actor === "user" ? uid : 0;
  const binding: Binding = { hands, view, uid, account, resolve: (path, how) => view.resolve(path, { ...how, trusts }) };
  const bound = bindKind(step, binding);
  if (account !== undefined && step.actor === "root") refuseUnrecognised(bound.step, account, binding);
  return bound;
}

function bindKind(step: Step, binding: Binding): BoundStep {
  switch (step.kind) {
    case "chown": return bindChown(step, binding);
    case "chmod": return bindChmod(step, binding);
    case "chgrp": return bindChgrp(step, binding);
    case "default-acl": return bindDefaultAcl(step, binding);
    case "acl": return bindAcl(step, binding);
    case "make-dir": return bindMakeDirectory(step, binding);
    case "rename": return bindRename(step, binding);
    case "remove": return bindRemove(step, binding);
    case "set-aside":
    case "remove-trees": return bindMovedAway(step, binding);
    case "edit-config": return bindConfig(step, binding);
    case "run": return bindRun(step, binding);
  }
}

/** Binds one step to the machine of now. */
export function bindStep(step: Step, { uid }: { uid: number }): BoundStep {
  const hands = openHands();
  try {
    return bindStepIn(step, { hands, view: viewAfter(hands, []), uid });
  } finally {
    hands.close();
  }
}
