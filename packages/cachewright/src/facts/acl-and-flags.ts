import type { PathFact, UserFact } from "./facts.ts";
import type { Looks } from "./looks.ts";

/** The bits the user's class has; without capabilities in mind, as access(2) of an ordinary user asks. */
function modeAllowsWrite(path: PathFact, user: UserFact): boolean {
  const mode = path.mode ?? 0;
  if (path.uid === user.euid) return (mode & 0o200) !== 0;
  if (path.gid !== undefined && user.groups.includes(path.gid)) return (mode & 0o020) !== 0;
  return (mode & 0o002) !== 0;
}

/** One refusal has one cause; a tree full of the same needs no more programs started. */
const mostAsked = 8;

function run(looks: Looks, argv: readonly string[]): string | undefined {
  const answer = looks.machine.run(argv);
  return answer.ok && answer.value.status === 0 ? answer.value.stdout : undefined;
}

/**
 * Node reads neither ACLs nor file flags. Only where mode bits and access(2) disagree is a program asked,
 * about that one path: `getfacl` after EACCES, `lsattr` after EPERM.
 */
export function askWhereModesDisagree(looks: Looks, user: UserFact): void {
  let asked = 0;
  for (const path of looks.paths.values()) {
    const answer = path.access?.write;
    const isOdd = answer === "EPERM" || (answer === "EACCES" && modeAllowsWrite(path, user));
    if (!isOdd || asked >= mostAsked) continue;
    asked += 1;
    if (answer === "EPERM") {
      const flags = run(looks, ["lsattr", "-d", "--", path.path])?.split(" ")[0];
      if (flags !== undefined) path.flags = flags;
    } else {
      const acl = run(looks, ["getfacl", "--absolute-names", "--omit-header", "--", path.path]);
      if (acl !== undefined) path.acl = acl.split("\n").map((line) => line.replace(/\s*#.*/, "")).filter((line) => line !== "");
    }
  }
}
