/**
 * The shape of the facts: one JSON value, read-only, collected once. Saved and redacted it is also the one
 * way to replay a machine in tests and on somebody else's desk.
 *
 * This is the only definition; `facts.ts` infers the types, the build writes the JSON Schema from it.
 * Adding an optional field keeps `FACTS_SCHEMA`; anything else raises it.
 */
import * as z from "zod/mini";
import * as conda from "./schema-conda.ts";
import * as further from "./schema-further.ts";
import { source } from "./schema-source.ts";
import * as tools from "./schema-tools.ts";

export const FACTS_SCHEMA = 1;

const reason = z.enum(["absent", "denied", "timeout", "unparsable"]);

const fact = <T extends z.ZodMiniType>(value: T) =>
  z.discriminatedUnion("ok", [
    z.object({ ok: z.literal(true), value, from: source }),
    z.object({ ok: z.literal(false), reason, from: source, detail: z.optional(z.string()) }),
  ]);

const fileType = z.enum(["file", "dir", "link", "fifo", "socket", "device"]);

/** "ok" or the errno of access(2) as the user the facts are about. */
const access = z.string();

export const pathFact = z.object({
  path: z.string(),
  state: z.enum(["present", "absent", "denied"]),
  errno: z.optional(z.string()),
  type: z.optional(fileType),
  uid: z.optional(z.number()),
  gid: z.optional(z.number()),
  /** 0o7777 */
  mode: z.optional(z.number()),
  nlink: z.optional(z.number()),
  dev: z.optional(z.string()),
  ino: z.optional(z.string()),
  size: z.optional(z.number()),
  mtimeMs: z.optional(z.number()),
  linkTo: z.optional(z.string()),
  /** What access(2) answered; asked of the path itself, so parents count. Not asked for symbolic links. */
  access: z.optional(z.object({ read: access, write: access, search: access })),
  /** Lines of getfacl, asked only where the mode bits and access(2) disagree. */
  acl: z.optional(z.array(z.string())),
  /** Letters of lsattr, asked only where access(2) or a probe says EPERM. */
  flags: z.optional(z.string()),
});

export const mountFact = z.object({
  id: z.number(),
  /** Mount point. */
  point: z.string(),
  type: z.string(),
  source: z.string(),
  options: z.array(z.string()),
  /** Per-super-block options: an ext4 stopped after an error shows here. */
  superOptions: z.array(z.string()),
  /** Line of /proc/self/mountinfo, counted from 1. */
  line: z.number(),
});

export const spaceFact = z.object({
  /** A path on that file system that was asked. */
  path: z.string(),
  /** Mount point, or the path where mounts are unknown. */
  point: z.string(),
  available: z.number(),
  total: z.number(),
  inodesFree: z.number(),
  inodesTotal: z.number(),
});

export const userFact = z.object({
  uid: z.number(),
  euid: z.number(),
  gid: z.number(),
  groups: z.array(z.number()),
  /** Account name from the passwd file or the system's own look-up. */
  name: fact(z.string()),
  /** The variable HOME as it stands (may be empty), and what the account says. */
  homeEnv: fact(z.string()),
  homeAccount: fact(z.string()),
  /** The home programs will use: HOME when set and not empty, else the account's. */
  home: fact(z.string()),
  umask: z.number(),
  /** Effective capabilities as the hexadecimal mask of /proc/self/status. */
  capabilities: fact(z.string()),
  sudo: z.optional(z.object({ uid: z.number(), user: z.string(), command: z.optional(z.string()) })),
  /** "login": the variables of a fresh login were assumed (root looking for somebody), not read. */
  environment: z.enum(["own", "login"]),
});

/** One Python on this machine and where its pip would write. */
export const installFact = z.object({
  /** The interpreter as found (a PATH entry, a venv's bin/python …). */
  python: z.string(),
  /** The interpreter behind links and shims. */
  realPython: z.string(),
  /** "3.11", or "2.7". */
  version: z.string(),
  kind: z.enum(["venv", "pyenv", "system", "homebrew", "python.org", "conda", "uv", "pipx", "other"]),
  /** How it was found; "active venv" and the first "PATH" are what the person would use. */
  found: z.array(z.enum(["active venv", "project venv", "PATH", "pyenv", "pipx", "uv", "conda", "system", "asked"])),
  /** True for the install that `pip install` typed here would use. */
  chosen: z.boolean(),
  prefix: z.string(),
  basePrefix: z.string(),
  /** For a venv: does it see the base's site-packages? */
  systemSite: z.optional(z.boolean()),
  purelib: z.string(),
  scripts: z.string(),
  stdlib: z.string(),
  /** The per-user site-packages, `null` when switched off for this interpreter (venv, PYTHONNOUSERSITE). */
  userSite: z.nullable(z.string()),
  externallyManaged: z.nullable(z.string()),
  pip: fact(z.object({ version: z.string(), location: z.string() })),
});

export const settingFact = z.object({
  /** pip's own long option name: "cache-dir". */
  key: z.string(),
  value: z.string(),
  /** "global", "install", "cache", … or ":env:". */
  section: z.string(),
  level: z.enum(["global", "base", "user", "site", "env", "env-var"]),
  from: source,
});

export const configFileFact = z.object({
  path: z.string(),
  level: z.enum(["global", "user", "site", "env"]),
  state: z.enum(["absent", "read", "unreadable", "not-a-file", "broken"]),
  errno: z.optional(z.string()),
  /** Keys near caches, permissions and places only; values redacted. */
  settings: z.array(settingFact),
  /** Every fault of the file, whichever pip minds it. */
  faults: z.array(z.object({
    kind: z.enum([
      "no-section-header", "bom", "utf16", "duplicate-key", "duplicate-section", "two-spellings",
      "not-utf8", "not-ascii", "no-value", "bad-value", "version-key",
    ]),
    line: z.number(),
    column: z.optional(z.number()),
    key: z.optional(z.string()),
    section: z.optional(z.string()),
    text: z.optional(z.string()),
  })),
  /** Where a credential stands; never the credential. */
  secrets: z.optional(z.array(z.object({ section: z.string(), key: z.string(), line: z.number() }))),
  /** Settings meant for the cache or permissions that no pip reads, with what was meant. */
  strays: z.optional(z.array(z.object({
    section: z.string(), key: z.string(), value: z.string(), line: z.number(),
    meant: z.object({ section: z.string(), key: z.string() }),
  }))),
});

/** What one pip version makes of the configuration for one install. */
export const pipUseFact = z.object({
  python: z.string(),
  pip: z.string(),
  /** Configuration files in the order this pip reads them; paths into `pip.configs`. */
  reads: z.array(z.string()),
  /** The cache directory for `pip install`, before links are resolved, also while the cache is off; null when not computable. */
  cacheDir: z.nullable(z.string()),
  /** The same resolved as pip does (realpath). */
  cacheReal: z.nullable(z.string()),
  cacheFrom: z.nullable(z.union([settingFact, z.literal("default")])),
  /** The setting that switches the cache off, when one does. */
  cacheOff: z.nullable(settingFact),
  /** What keeps every command from running: faults of files this version minds, or settings it cannot parse. */
  breaks: z.array(z.object({ path: z.string(), kind: z.string(), line: z.optional(z.number()), env: z.optional(z.string()), text: z.string() })),
  userSetting: z.nullable(settingFact),
  breakSystemPackages: z.nullable(settingFact),
  /** Options that several sources set to different values, each with all its sources, the weakest first. */
  chains: z.optional(z.array(z.object({ key: z.string(), sources: z.array(settingFact) }))),
  /** Where the cache would be without the setting (links resolved), when a setting names another place. */
  defaultCache: z.optional(z.string()),
  /** Commands whose cache directory is another one than that of `pip install` (pip >= 20.1, which has `pip cache`). */
  otherCaches: z.optional(z.array(z.object({
    command: z.string(),
    dir: z.string(),
    real: z.string(),
    from: z.union([settingFact, z.literal("default")]),
  }))),
});

/** A bounded look below a directory. What it did not see it may not claim: `complete` says so. */
export const scanFact = z.object({
  root: z.string(),
  purpose: z.enum(["cache", "target"]),
  /** Directories looked at. */
  looked: z.number(),
  complete: z.boolean(),
  /** Directories (and files a tool rewrites in place) that the user may not write or search; up to 50. */
  denied: z.array(pathFact),
  deniedCount: z.number(),
  /** Entries any account may write; up to 50. */
  openToAll: z.array(pathFact),
  openCount: z.number(),
});

export const factsSchema = z.object({
  schema: z.literal(FACTS_SCHEMA),
  by: z.object({ cachewright: z.string(), node: z.string() }),
  at: z.string(),
  machine: z.object({
    platform: z.string(),
    arch: z.string(),
    kernel: z.string(),
    /** "docker", "podman", "kubernetes", "buildkit" …; absent on an ordinary machine. */
    container: fact(z.string()),
  }),
  user: userFact,
  /** The variables Cachewright looks at, redacted; nothing else of the environment is kept. */
  env: z.record(z.string(), z.string()),
  cwd: z.string(),
  /** Names of the uids and gids that occur, from /etc/passwd and /etc/group. */
  accounts: z.object({ users: z.record(z.string(), z.string()), groups: z.record(z.string(), z.string()) }),
  /** Every path looked at, by its name. */
  paths: z.record(z.string(), pathFact),
  mounts: fact(z.array(mountFact)),
  spaces: z.array(spaceFact),
  /** The directory Python's tempfile would choose, and those it tries (absent: none is usable). */
  temp: z.object({ chosen: fact(z.string()), tried: z.array(z.string()) }),
  installs: z.array(installFact),
  pip: z.object({ configs: z.array(configFileFact), uses: z.array(pipUseFact) }),
  scans: z.array(scanFact),
  packages: z.optional(z.array(further.packagesFact)),
  project: z.optional(further.projectFact),
  programs: z.optional(further.programsFact),
  /** What else makes a virtual environment here. Looked at only when asked. */
  venvMakers: z.optional(z.array(z.object({ program: z.enum(["virtualenv", "uv"]), path: z.string() }))),
  /** Programs that cannot be started; absent when there are none. */
  scripts: z.optional(z.array(further.scriptFact)),
  /** Under sudo: the Python that the account behind it would use here without sudo. */
  sudoPython: z.optional(z.object({ python: z.string(), prefix: z.string(), by: z.enum(["project venv", "pyenv"]) })),
  leftovers: z.optional(z.array(further.leftoverFact)),
  abandoned: z.optional(z.array(further.abandonedFact)),
  /** Caches whose top a group may write; absent when there are none. */
  shared: z.optional(z.array(further.sharedFact)),
  damaged: z.optional(z.array(further.damagedFact)),
  mismatches: z.optional(z.array(further.mismatchFact)),
  /** Environments in use that are broken; absent when there are none. */
  brokenVenvs: z.optional(z.array(further.brokenVenvFact)),
  /** Environments of pipx's whose Python is gone; absent when there are none. */
  pipxVenvs: z.optional(z.array(further.brokenVenvFact)),
  /** Where an environment was or would be made: named by a log, or here. Looked at only when asked. */
  venvPlaces: z.optional(z.array(z.object({ path: z.string(), from: z.enum(["log", "here"]) }))),
  builtWheels: z.optional(z.array(further.builtWheelFact)),
  /** An image is being built here. */
  imageBuild: z.optional(further.imageBuildFact),
  quotas: z.optional(z.array(further.quotaFact)),
  locks: z.optional(z.array(further.lockFact)),
  linkPlaces: z.optional(further.linkPlacesFact),
  /** The conda that is in use; absent when there is none. */
  conda: z.optional(conda.condaFact),
  /** uv, pipx, poetry, pdm, pipenv, hatch, virtualenv and pyenv, each version once; absent when none is in use. */
  tools: z.optional(z.array(tools.toolFact)),
  /** Package caches of a mamba without conda. Looked at only when asked. */
  mamba: z.optional(conda.mambaFact),
  /** Caches of rattler's and environments that no conda knows; absent when there are none. */
  rattler: z.optional(conda.rattlerFact),
  /** What was meant to be looked at and could not be, in words for a person. */
  unknown: z.array(z.object({ what: z.string(), why: z.string(), from: source })),
});
