import { describe, expect, it } from "vitest";
import type { Machine } from "./machine.ts";
import { namesOf, runningNow } from "./running.ts";

describe("the names of a running program", () => {
  it.each([
    [["/usr/bin/conda", "install"], ["conda"]],
    [["/opt/conda/bin/python3.12", "/opt/conda/bin/conda", "install"], ["python3.12", "conda"]],
    [["python", "-m", "conda.cli", "install"], ["python", "conda"]],
    [["python3", "-E", "/usr/bin/pdm", "sync"], ["python3", "pdm"]],
    [["bash", "-c"], ["bash"]],
    [[], [""]],
  ])("%j", (argv, names) => expect(namesOf(argv)).toEqual(names));
});

describe("what runs now", () => {
  const processes: Readonly<Record<string, string>> = { "10": "/usr/bin/conda\0install\0", "11": "vim\0conda.txt\0", "12": "python3\0/usr/bin/conda\0list\0" };
  const machine = {
    list: () => ({ ok: true, value: [...Object.keys(processes), "self"].map((name) => ({ name, type: "dir" })) }),
    readFile: (path: string) => ({ ok: true, value: Buffer.from(processes[path.split("/")[2] ?? ""] ?? "") }),
  } as unknown as Machine;

  it("is told by name, oneself left out, and an argument is no name", () => {
    expect(runningNow(machine, ["conda"], 12)).toEqual([{ pid: "10", command: "/usr/bin/conda install", argv: ["/usr/bin/conda", "install"] }]);
  });

  it("is known with its version in the name, too", () => {
    const versioned = { ...machine, readFile: () => ({ ok: true, value: Buffer.from("python3\0/usr/bin/pip3.11\0install\0") }) } as unknown as Machine;
    expect(runningNow(versioned, ["pip", "pip3"], 12)).toHaveLength(2);
  });

  it("is told without the secrets of its command line", () => {
    const readFile = () => ({ ok: true, value: Buffer.from("pip\0install\0--index-url\0https://me:s3cret@pypi.example/simple\0") });
    expect(runningNow({ ...machine, list: () => ({ ok: true, value: [{ name: "7", type: "dir" }] }), readFile } as unknown as Machine, ["pip"], 1)).toMatchObject([{ pid: "7", command: "pip install --index-url https://***@pypi.example/simple" }]);
  });

  it("is not known without /proc", () => {
    expect(runningNow({ ...machine, list: () => ({ ok: false, errno: "ENOENT" }) }, ["conda"], 1)).toBeUndefined();
  });
});
