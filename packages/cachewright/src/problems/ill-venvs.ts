import { toolFact, toolPlace } from "../facts/example-tools.ts";
import { absent, cache, factsWith, install, link, mount, present, rootOwned, venvPaths } from "../facts/example-facts.ts";
import type { BrokenVenvFact, BuiltWheelFact, Facts } from "../facts/facts.ts";

/** For tests, as `ill-machines.ts`: environments that are broken or cannot be made. */
const prefix = "/home/me/project/.venv";
const versions = "/home/me/.pyenv/versions";
const successor = install({ python: `${versions}/3.11.9/bin/python`, realPython: `${versions}/3.11.9/bin/python3.11`, kind: "pyenv", found: ["pyenv"], chosen: false, prefix: `${versions}/3.11.9`, basePrefix: `${versions}/3.11.9`, stdlib: `${versions}/3.11.9/lib/python3.11`, userSite: null });

export function broken(words: Partial<BrokenVenvFact> = {}): BrokenVenvFact {
  return {
    prefix, found: "active venv", fault: "python-gone", python: `${prefix}/bin/python`, gone: `${versions}/3.11.8/bin/python`,
    home: { value: `${versions}/3.11.8/bin`, line: 1, text: `home = ${versions}/3.11.8/bin` }, version: "3.11", release: "3.11.8", systemSite: false,
    links: [`${prefix}/bin/python`], stale: [], complete: true, pip: true,
    packages: [{ name: "flask", version: "3.0.0" }, { name: "shop", version: "1.0", origin: { kind: "editable", at: "/home/me/project" } }], listed: true, ...words,
  };
}

const { gone: _gone, ...whole } = broken({ fault: "moved", links: [] });
/** An environment that was made as /home/me/old. */
export function movedVenv(words: Partial<BrokenVenvFact> = {}): BrokenVenvFact {
  const stale = [{ path: `${prefix}/bin/activate`, line: 40, text: 'VIRTUAL_ENV="/home/me/old"' }, { path: `${prefix}/bin/pip`, line: 1, text: "#!/home/me/old/bin/python" }];
  return { ...whole, madeAs: { prefix: "/home/me/old", exists: false }, stale, ...words };
}

/** The example machine with the environment; `change` is laid over it. */
export function withBroken(venv: BrokenVenvFact, change: Parameters<typeof factsWith>[0] = {}): Facts {
  const { paths = [], ...rest } = change;
  const files = ["pyvenv.cfg", "bin/activate", "bin/pip"].map((name) => present(`${prefix}/${name}`, { type: "file" }));
  return factsWith({
    installs: [install(), successor], brokenVenvs: [venv],
    paths: [...venvPaths(), present("/home/me/project"), link(`${prefix}/bin/python`, venv.gone ?? "/usr/bin/python3"), absent("/home/me/old"), present(`${successor.stdlib}/ensurepip`), ...files, ...paths], ...rest,
  });
}

/** Somebody asks for an environment in /home/me/shop, which is as `words` say. */
function askedFor(words: Parameters<typeof present>[1], change: Parameters<typeof factsWith>[0] = {}): Facts {
  const { paths = [], ...rest } = change;
  return factsWith({ venvPlaces: [{ path: "/home/me/shop/.venv", from: "here" }], paths: [present("/home/me/shop", words), absent("/home/me/shop/.venv"), ...paths], ...rest });
}
const shopOn = (words: Parameters<typeof mount>[1]): Facts["mounts"] => ({ ok: true, value: [mount("/"), mount("/home/me/shop", words)], from: { path: "/proc/self/mountinfo" } });

const entry = `${cache}/wheels/01/02/03/0405060708`;
export const builtPycurl: BuiltWheelFact = {
  cache, project: "pycurl", version: "7.45.2", directory: entry, path: `${entry}/pycurl-7.45.2-cp311-cp311-linux_x86_64.whl`, bytes: 300_000,
  built: "2025-06-01T10:00:00.000Z", set: [], reads: ["PYCURL_SSL_LIBRARY"],
};

export function withBuilt(wheel: BuiltWheelFact, change: Parameters<typeof factsWith>[0] = {}): Facts {
  const { paths = [], ...rest } = change;
  return factsWith({ builtWheels: [wheel], paths: [present(entry), present(`${cache}/wheels/01/02/03`), ...paths], ...rest });
}

/** A step of an image build in which pip has filled its cache. */
export function inBuild(words: Partial<NonNullable<Facts["imageBuild"]>["caches"][number]> = {}, change: Parameters<typeof factsWith>[0] = {}): Facts {
  return factsWith({ imageBuild: { by: "buildkit", from: { path: "/proc/self/mountinfo", line: 12 }, caches: [{ path: cache, bytes: 240e6, entries: 80, complete: true, ...words }] }, ...change });
}

export const illVenvs: Readonly<Record<string, readonly Facts[]>> = {
  "venv-broken": [
    withBroken(broken()),
    withBroken(broken({ version: "3.9", release: "3.9.1" })),
    withBroken(movedVenv()),
    withBroken(movedVenv({ madeAs: { prefix: "/home/me/old", exists: true } })),
    withBroken({ ...whole, fault: "settings", detail: "EACCES" }, { paths: [present(`${prefix}/pyvenv.cfg`, { type: "file", mode: 0o000, read: "EACCES" })] }),
    withBroken({ ...whole, fault: "settings", detail: "EACCES" }, { paths: [present(`${prefix}/pyvenv.cfg`, { type: "file", ...rootOwned, mode: 0o600, read: "EACCES" })] }),
    withBroken({ ...whole, fault: "settings", detail: "it is not UTF-8" }),
  ],
  "venv-create-denied": [
    askedFor(rootOwned),
    askedFor(rootOwned, { paths: [present("/home/me/.venv")] }),
    askedFor({}, { mounts: shopOn({ options: ["rw", "noexec"] }) }),
    askedFor({}, { mounts: shopOn({ type: "exfat" }) }),
  ],
  "cached-wheel-other-build": [withBuilt(builtPycurl), withBuilt({ ...builtPycurl, set: ["PYCURL_SSL_LIBRARY"] })],
  "cache-in-image": [inBuild(), { ...inBuild({ path: "/home/me/.cache/uv" }), tools: [toolFact("uv", { places: [toolPlace("cache", "/home/me/.cache/uv")] })] }],
};
