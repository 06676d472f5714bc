/**
 * Directories' own times. A rename or a new name changes the time of the directory it happens in; undo brings it back,
 * exactly, where nobody else has changed the directory since.
 */
import { AppError } from "../machine/app-error.ts";
import type { Hands, Look } from "../machine/hands.ts";
import type { Act } from "./act.ts";
import { changedDirectories } from "./step-path.ts";
import type { BoundStep, DirectoryTime, JournalRecord } from "./step.ts";
import { viewAfter } from "./view.ts";

/** A time is never worth a failure. */
function lookIfAllowed(hands: Hands, path: string): Look | undefined {
  try {
    return hands.look(path);
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

function timeOf(hands: Hands, path: string): DirectoryTime[] {
  const look = lookIfAllowed(hands, path);
  if (look?.guard.type !== "dir") return [];
  return [{ path, dev: look.guard.dev, ino: look.guard.ino, mtime: String(look.times.mtime) }];
}

/** The times now of the directories a step changes. */
export function directoryTimes(hands: Hands, bound: BoundStep): DirectoryTime[] {
  return changedDirectories(bound).flatMap((path) => timeOf(hands, path));
}

interface Story {
  readonly step: number;
  readonly first: DirectoryTime;
  /** As the run left it; undefined when the run was killed before it could tell. */
  left: DirectoryTime | undefined;
  /** Somebody else changed it during the run. */
  broken: boolean;
}

/** Every directory the run changed, from first to last. */
function storiesOf(records: readonly JournalRecord[]): Story[] {
  const stories = new Map<string, Story>();
  for (const record of records) {
    if (record.t === "undo-begin") break;
    if (record.t !== "intent" && record.t !== "done" && record.t !== "failed" && record.t !== "end") continue;
    for (const directory of record.directories ?? []) {
      const key = `${directory.dev}:${directory.ino}`;
      const story = stories.get(key);
      if (story === undefined) {
        if (record.t === "intent") stories.set(key, { step: record.step, first: directory, left: undefined, broken: false });
      } else if (record.t === "intent") {
        story.broken ||= story.left !== undefined && story.left.mtime !== directory.mtime;
        story.left = undefined;
      } else {
        story.left = directory;
      }
    }
  }
  return [...stories.values()];
}

interface Run {
  readonly records: readonly JournalRecord[];
  readonly steps: readonly BoundStep[];
  /** After a reboot device numbers may be others. */
  readonly sameBoot: boolean;
}

function find(hands: Hands, story: Story, { steps, sameBoot }: Run): DirectoryTime | undefined {
  const then = viewAfter(hands, steps.slice(story.step)).destiny(story.first.path);
  return [then, story.first.path].flatMap((path) => (path === undefined ? [] : timeOf(hands, path)))
    .find(({ dev, ino }) => ino === story.first.ino && (!sameBoot || dev === story.first.dev));
}

/** The times now of everything the run changed: whatever happened until now was the run's own doing (its probes). */
export function directoriesLeft(hands: Hands, run: Run): DirectoryTime[] {
  return storiesOf(run.records).flatMap((story) => find(hands, story, run) ?? []);
}

/** A directory that went when it was empty comes back as another object. */
const madeAnew = { dev: "", ino: "" } as const;

function wentEmpty(hands: Hands, { first, left, broken }: Story): boolean {
  return !broken && left === undefined && lookIfAllowed(hands, first.path) === undefined;
}

/** Before anything is undone: whose times are to be brought back, under the path they will have then. */
export function timesToBringBack(hands: Hands, run: Run): DirectoryTime[] {
  return storiesOf(run.records).flatMap((story) => {
    const now = story.broken ? undefined : find(hands, story, run);
    if (now === undefined && wentEmpty(hands, story)) return [{ ...story.first, ...madeAnew }];
    if (now === undefined || (story.left !== undefined && now.mtime !== story.left.mtime)) return [];
    const origin = viewAfter(hands, run.steps.slice(0, story.step)).origin(story.first.path);
    const paths = typeof origin === "string" ? [story.first.path] : [origin.today, story.first.path];
    return [...new Set(paths)].map((path) => ({ ...now, path, mtime: story.first.mtime }));
  });
}

/** After everything is undone. What is elsewhere now, or not ours to touch, keeps the time it has. */
export function timeActs(hands: Hands, directories: readonly DirectoryTime[]): Act[] {
  return directories.flatMap(({ path, dev, ino, mtime }): Act[] => {
    const guard = lookIfAllowed(hands, path)?.guard;
    const isIt = ino === madeAnew.ino ? guard?.type === "dir" : guard?.dev === dev && guard.ino === ino;
    if (guard === undefined || !isIt) return [];
    return [{ do: "time", path, guard, mtime }];
  });
}
