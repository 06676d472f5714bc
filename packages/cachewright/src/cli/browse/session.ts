/** The browser at the terminal: what the keys ask for is done here, by the same ways as `cache rm`. */
import { prepareRemoval, runRemoval, type PreparedRemoval } from "../../caches/change-caches.ts";
import { AppError } from "../../machine/app-error.ts";
import type { Machine } from "../../machine/machine.ts";
import { redact } from "../../machine/redact.ts";
import { dieOf, openScreen, type EndSignal, type Screen, type ScreenEvent } from "../../machine/screen.ts";
import { bytesText, countText, numberText } from "../../report/text/amounts.ts";
import { removalOutcomeText, removalPreview } from "../../report/text/cache-change.ts";
import type { Look } from "../../report/text/look.ts";
import { stepWords } from "../../report/text/step-words.ts";
import { visibleText } from "../../report/text/visible.ts";
import { spokenCall, type Call } from "../command.ts";
import { lookHere } from "../look-here.ts";
import { ownRuns } from "../own-runs.ts";
import { wayBack } from "../way-back.ts";
import { brushOf } from "./brush.ts";
import { entriesOf, type Browsing, type Effect, type TextView } from "./browsing.ts";
import { detailsOf } from "./details.ts";
import { draw } from "./draw.ts";
import { begin, press, renewed, resized } from "./state.ts";
import type { BrowseTree } from "./tree.ts";

export interface BrowseWish {
  readonly tree: BrowseTree;
  /** Looks again. */
  readonly look: (progress: (files: number, bytes: number) => void) => Promise<BrowseTree>;
  readonly now: boolean;
}

interface Session extends BrowseWish {
  readonly call: Call;
  readonly machine: Machine;
  readonly screen: Screen;
  state: Browsing;
  /** The plan that is shown. */
  prepared?: PreparedRemoval;
  /** What came of plans: told again where it stays, when the screen is gone. */
  readonly told: string[];
  code: number;
}

const exitOf: Readonly<Record<EndSignal, number>> = { SIGHUP: 129, SIGINT: 130, SIGQUIT: 131, SIGTERM: 143 };

export async function browse(call: Call, machine: Machine, wish: BrowseWish): Promise<number> {
  const screen = openScreen();
  const session: Session = { ...wish, call, machine, screen, state: begin(wish.tree, screen.size(), wish.now), told: [], code: 0 };
  let ended: EndSignal | undefined;
  try {
    ended = await untilLeft(session);
  } finally {
    screen.close();
    call.terminal.out(session.told.join("\n"));
  }
  if (ended === undefined) return session.code;
  if (ended !== "SIGINT") dieOf(ended);
  return exitOf[ended];
}

/** With the signal that ended it; undefined: it was left. */
async function untilLeft(session: Session): Promise<EndSignal | undefined> {
  for (;;) {
    show(session);
    // What was pressed meanwhile is taken in before anything is drawn again.
    do {
      const event = await session.screen.next();
      if (event.kind === "end") return event.signal;
      const effect = take(session, event);
      if (effect === "leave") return undefined;
      if (effect === "interrupt") return "SIGINT";
      if (effect !== undefined) await act(session, effect);
    } while (session.screen.hasNext());
  }
}

function take(session: Session, event: Exclude<ScreenEvent, { readonly kind: "end" }>): Effect | undefined {
  if (event.kind === "size") {
    session.state = resized(session.state, session.screen.size());
    return undefined;
  }
  const { state, effect } = press(session.state, event.key);
  session.state = state;
  return effect;
}

function show({ call, machine, screen, state }: Session): void {
  screen.show(draw(state, brushOf(call.terminal.paint("out"), call.terminal.unicode()), machine.now().getTime()));
}

function working(session: Session, doing: string): void {
  session.state = { ...session.state, view: { at: "work", doing } };
  show(session);
}

/** Drawn a few times a second: drawing more often would take longer than the work. */
function nowAndThen(session: Session): (doing: string) => void {
  let last = 0;
  return (doing) => {
    const now = session.machine.now().getTime();
    if (now - last < 100) return;
    last = now;
    working(session, doing);
  };
}

function tell(session: Session, view: Pick<TextView, "of" | "title" | "text"> & Partial<TextView>): void {
  session.state = { ...session.state, view: { at: "text", top: 0, canApply: false, ...view, text: redact(view.text) } };
}

async function act(session: Session, effect: Exclude<Effect, "leave" | "interrupt">): Promise<void> {
  if (effect === "suspend") return session.screen.suspend();
  if (effect === "details") return tell(session, { of: "details", title: "Details", text: detailsOf(session.state, session.machine, lookOf(session)) });
  const work = effect === "plan" ? plan(session) : apply(session);
  // Until it is done, or the person wants to leave: the end is the next event then. What changes caches is done in one
  // go, without a moment in which it could be left half done.
  await Promise.race([work, session.screen.ended()]);
}

function lookOf({ call, state }: Session): Look {
  return { ...lookHere(call.terminal), width: Math.min(state.size.columns, 110) };
}

/** Words for what cannot be done; anything else is a fault of ours. */
function refused(session: Session, error: unknown): void {
  if (!(error instanceof AppError)) throw error;
  const text = [error.message, ...(error.hint === undefined ? [] : [error.hint])].join("\n").split("\n").map(visibleText).join("\n");
  tell(session, { of: "plan", title: "That cannot be done", text: `${text}\n` });
}

async function plan(session: Session): Promise<void> {
  const { machine, screen } = session;
  try {
    // Somebody may have begun to use an entry since the screen was opened.
    await lookAgain(session, true);
    const { tree, marks, now } = session.state;
    working(session, "making the plan");
    const prepared = await prepareRemoval(machine, { inventories: tree.stock.shelves.map(({ inventory }) => inventory), chosen: entriesOf(tree, marks), now, why: "asked for: cache browse" });
    session.prepared = prepared;
    tell(session, { of: "plan", title: now ? "Plan: delete for good" : "Plan: set aside", text: removalPreview(prepared, lookOf(session), { atOnce: "d deletes at once.", all: "" }), canApply: prepared.plan !== null });
  } catch (error) {
    refused(session, error);
  }
  // A yes that was pressed or pasted before the plan was there is none.
  screen.forgetKeys();
}

async function apply(session: Session): Promise<void> {
  const { machine, call, prepared, screen } = session;
  if (prepared === undefined || prepared.plan === null) return;
  const steps = prepared.plan.steps.length;
  working(session, "keeping the tools out");
  try {
    const say = nowAndThen(session);
    let doing = "";
    const done = await runRemoval(machine, prepared, {
      command: spokenCall(call),
      onStep: (step, number) => {
        doing = `${number + 1}/${steps} ${stepWords(step)}`;
        working(session, doing);
      },
      onProgress: (far) => say(`${"removed" in far ? `${countText(far.removed, "name")} deleted` : `${numberText(far.done)} of ${numberText(far.all)}`}: ${doing}`),
    });
    const { run } = done.outcome;
    const look = lookOf(session);
    const text = removalOutcomeText(done, prepared, { look, back: wayBack({ run, stateDir: ownRuns(machine).runs.find((one) => one.run === run)?.stateDir }, machine, look) });
    session.told.push(text);
    if (done.status !== "gone") session.code = 3;
    await lookAgain(session, done.status !== "gone");
    tell(session, { of: "outcome", title: "What came of it", text });
  } catch (error) {
    refused(session, error);
  }
  screen.forgetKeys();
}

async function lookAgain(session: Session, marks: boolean): Promise<void> {
  working(session, "looking again");
  const say = nowAndThen(session);
  const tree = await session.look((files, bytes) => say(`looking again: ${countText(files, "file")}, ${bytesText(bytes)}`));
  session.state = renewed(session.state, tree, { marks });
}
