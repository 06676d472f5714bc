import { describe, expect, it } from "vitest";
import type { Machine } from "../machine/machine.ts";
import { isOutOfReach } from "./out-of-reach.ts";

const line = (device: string, part: string, point: string): string => `36 35 ${device} ${part} ${point} rw,noatime - ext4 /dev/x rw`;

/** Process 7 in another mount namespace, with these mounts; here the disk 8:1 is all there is but for what is given. */
function isOut(root: string, theirs: readonly string[], { here = [], namespace = "mnt:[2]" }: { readonly here?: readonly string[]; readonly namespace?: string } = {}): boolean {
  const files: Readonly<Record<string, string>> = { "/proc/self/mountinfo": [line("8:1", "/", "/"), ...here].join("\n"), "/proc/7/mountinfo": theirs.join("\n") };
  const machine = {
    readFile: (path: string) => ({ ok: true, value: Buffer.from(files[path] ?? "", "latin1") }),
    readlink: (path: string) => ({ ok: true, value: path.startsWith("/proc/self") ? "mnt:[1]" : namespace }),
  } as unknown as Machine;
  return isOutOfReach(machine, root, "7");
}

const root = "/home/me/.cache/pip";

describe("a process in a container", () => {
  it("cannot get to a cache on a disk that is not mounted there", () => {
    expect(isOut(root, [line("0:50", "/", "/"), line("8:1", "/var/lib/containers/7/hosts", "/etc/hosts")])).toBe(true);
    expect(isOut("/mnt/big/uv", [line("8:1", "/", "/")], { here: [line("0:60", "/", "/mnt/big")] })).toBe(true);
  });

  it.each([
    ["the whole disk is", [line("8:1", "/", "/host")]],
    ["the cache is, wherever", [line("0:50", "/", "/"), line("8:1", root, "/cache")]],
    ["a directory above it is", [line("8:1", "/home", "/homes")]],
    ["a part of it is", [line("8:1", `${root}/wheels`, "/wheels")]],
    ["nothing tells what is", []],
  ])("may get there where %s", (_, theirs) => expect(isOut(root, theirs)).toBe(false));

  it("is judged by where the cache lies on its own disk", () => {
    const here = [line("8:2", "/volumes/cache dir".replace(" ", String.raw`\040`), "/srv")];
    expect(isOut("/srv/pip", [line("8:2", String.raw`/volumes/cache\040dir/pip`, "/x")], { here })).toBe(false);
    expect(isOut("/srv/pip", [line("8:2", "/volumes/other", "/x")], { here })).toBe(true);
  });
});

it("a process of the same mount namespace may get anywhere", () => {
  expect(isOut(root, [line("0:50", "/", "/")], { namespace: "mnt:[1]" })).toBe(false);
});
