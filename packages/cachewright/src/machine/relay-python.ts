import { accessSync, closeSync, constants, openSync, readSync } from "node:fs";

/** On a Mac without developer tools /usr/bin/python3 opens a window that offers to install them. */
const usual = process.platform === "darwin" ? ["/Library/Developer/CommandLineTools/usr/bin/python3", "/opt/homebrew/bin/python3", "/usr/local/bin/python3"] : ["/usr/bin/python3", "/usr/local/bin/python3"];

/** A Python 3 for the relay: the system's, else the first on PATH that is no script (pyenv's shims take longer than all the rest). */
export function relayPython(path = process.env["PATH"] ?? ""): string | undefined {
  const onPath = path.split(":").filter((dir) => dir.startsWith("/") && dir !== "/usr/bin").map((dir) => `${dir}/python3`);
  return [...usual, ...onPath].find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    const fd = openSync(file, "r");
    const start = Buffer.alloc(2);
    readSync(fd, start, 0, 2, 0);
    closeSync(fd);
    return start.toString("latin1") !== "#!";
  } catch {
    return false;
  }
}
