import { chmodSync, linkSync, mkdirSync, mkdtempSync, realpathSync, rmSync, unlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openPinned, openPinnedAt, closePinned, withPinned, withPlace, type Pinned } from "./pinned.ts";
import { checkGuard, checkNamed, guardOf, withChecked, type Patience } from "./pinned-guard.ts";

let dir = "";
beforeEach(() => {
  dir = realpathSync(mkdtempSync(`${tmpdir()}/pinned-guard-`));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function rest(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60);
}

describe.skipIf(process.platform !== "linux")("guards (need Linux)", () => {
  it("say what an object is, and on which mount", () => {
    writeFileSync(`${dir}/f`, "", { mode: 0o640 });
    chmodSync(`${dir}/f`, 0o640);
    const guard = withPinned(`${dir}/f`, (held) => guardOf(held));
    expect(guard).toMatchObject({ type: "file", uid: process.getuid?.(), mode: 0o640, nlink: 1 });
    expect(guard.ino).toMatch(/^\d+$/);
    expect(guard.mount).toBe(withPinned(dir, (held) => guardOf(held)).mount);
    expect(guard.mount).not.toBe(withPinned("/proc/self", (held) => guardOf(held)).mount);
  });

  it("hold as long as nothing has changed", () => {
    writeFileSync(`${dir}/f`, "");
    withPinned(`${dir}/f`, (held) => {
      const guard = guardOf(held);
      utimesSync(`${dir}/f`, 1, 1);
      expect(() => checkGuard(held, guard)).not.toThrow();
    });
  });

  it("name the path and each difference", () => {
    writeFileSync(`${dir}/f`, "", { mode: 0o644 });
    withPinned(`${dir}/f`, (held) => {
      const guard = guardOf(held);
      chmodSync(`${dir}/f`, 0o600);
      linkSync(`${dir}/f`, `${dir}/g`);
      expect(() => checkGuard(held, guard)).toThrow(`${dir}/f has changed: mode was 0644, is 0600; nlink was 1, is 2`);
      expect(() => checkGuard(held, guard, ["mode", "nlink"])).not.toThrow();
    });
  });

  it("tell another object of the same name", () => {
    writeFileSync(`${dir}/f`, "");
    const guard = withPinned(`${dir}/f`, (held) => {
      writeFileSync(`${dir}/g`, "");
      return guardOf(held);
    });
    withPinned(`${dir}/g`, (held) => expect(() => checkGuard(held, guard)).toThrow("ino was"));
  });

  it("tell another mount, unless the guard does not know its own", () => {
    withPinned(dir, (held) => {
      const guard = guardOf(held);
      expect(() => checkGuard(held, { ...guard, mount: -1 })).toThrow("mount was -1");
      expect(() => checkGuard(held, { ...guard, mount: null })).not.toThrow();
    });
  });

  it("do not mind sub-directories coming and going", () => {
    withPinned(dir, (held) => {
      const guard = guardOf(held);
      mkdirSync(`${dir}/sub`);
      expect(() => checkGuard(held, guard)).not.toThrow();
    });
  });
});

describe.skipIf(process.platform !== "linux")("the proof that an object has its counted names (needs Linux)", () => {
  const check = (parent: Pinned, name: string, rule: { nlink: number; patience?: Patience }): void => {
    const held = openPinnedAt(parent, name);
    try {
      checkNamed({ parent, name }, held, rule);
    } finally {
      closePinned(held);
    }
  };

  it("is given for an object at rest", () => {
    writeFileSync(`${dir}/f`, "");
    rest();
    withPinned(dir, (parent) => expect(() => check(parent, "f", { nlink: 1, patience: { leftMs: 0 } })).not.toThrow());
  });

  it("waits for one that was changed a moment ago, as long as the patience lasts", () => {
    withPinned(dir, (parent) => {
      writeFileSync(`${dir}/f`, "");
      expect(() => check(parent, "f", { nlink: 1, patience: { leftMs: 0 } })).toThrow("is being changed right now");
      const patience = { leftMs: 2_000 };
      expect(() => check(parent, "f", { nlink: 1, patience })).not.toThrow();
      expect(patience.leftMs).toBeLessThan(2_000);
    });
  });

  it("is not given when there are more names", () => {
    writeFileSync(`${dir}/f`, "");
    linkSync(`${dir}/f`, `${dir}/g`);
    rest();
    withPinned(dir, (parent) => expect(() => check(parent, "f", { nlink: 1 })).toThrow("it had 1 names, has 2"));
  });

  it("is not given when the held object's one name is elsewhere", () => {
    // The trick: an outside file is linked in, opened, and unlinked again. Now it says that it has one name.
    writeFileSync(`${dir}/outside`, "");
    mkdirSync(`${dir}/tree`);
    linkSync(`${dir}/outside`, `${dir}/tree/f`);
    const held = openPinned(`${dir}/tree/f`);
    unlinkSync(`${dir}/tree/f`);
    writeFileSync(`${dir}/tree/f`, "");
    expect(guardOf(held).nlink).toBe(1);
    withPlace(`${dir}/tree/f`, (place) => expect(() => checkNamed(place, held, { nlink: 1 })).toThrow("its name means another object"));
    closePinned(held);
  });

  it("does not concern the names of directories", () => {
    mkdirSync(`${dir}/d`);
    withPinned(dir, (parent) => expect(() => check(parent, "d", { nlink: 99, patience: { leftMs: 0 } })).not.toThrow());
  });
});

describe.skipIf(process.platform !== "linux")("acting on a checked object (needs Linux)", () => {
  it("does nothing when the guard does not hold", () => {
    writeFileSync(`${dir}/f`, "", { mode: 0o644 });
    const guard = withPinned(`${dir}/f`, (held) => guardOf(held));
    chmodSync(`${dir}/f`, 0o600);
    let acted = false;
    withPlace(`${dir}/f`, (place) => expect(() => withChecked(place, { guard }, () => (acted = true))).toThrow("mode was"));
    expect(acted).toBe(false);
  });

  it("gives the act the held object", () => {
    writeFileSync(`${dir}/f`, "");
    const guard = withPinned(`${dir}/f`, (held) => guardOf(held));
    expect(withPlace(`${dir}/f`, (place) => withChecked(place, { guard }, (held) => guardOf(held)))).toEqual(guard);
  });
});
