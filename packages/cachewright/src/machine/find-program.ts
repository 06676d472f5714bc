import { accessSync, constants, statSync } from "node:fs";

/** A program to start, or the exit code that shells have for one that cannot be (POSIX: 127 not found, 126 not executable). */
export type FoundProgram = { readonly path: string } | { readonly path: undefined; readonly code: 126 | 127; readonly because: string };

/** Looks where execvp(3) looks: at a name with a slash as it stands, at others in each directory of PATH. */
export function findProgram(name: string, path: string | undefined = process.env["PATH"]): FoundProgram {
  const places = name.includes("/") ? [name] : (path ?? "/usr/bin:/bin").split(":").map((dir) => `${dir === "" ? "." : dir}/${name}`);
  let refused: FoundProgram | undefined;
  for (const place of name === "" ? [] : places) {
    const answer = executable(place);
    if (answer === true) return { path: place };
    if (answer !== undefined) refused ??= { path: undefined, code: 126, because: `${place}: ${answer}` };
  }
  return refused ?? { path: undefined, code: 127, because: name.includes("/") ? `${name}: there is no such file` : `${name}: there is no such command on PATH` };
}

/** True, why not, or undefined where nothing is. */
function executable(place: string): true | string | undefined {
  try {
    if (statSync(place).isDirectory()) return "it is a directory";
    accessSync(place, constants.X_OK);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === "EACCES" ? "permission denied" : undefined;
  }
}
