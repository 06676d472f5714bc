/** A healthy set-up as data: how such a machine is made, and how things are run on it. */
import type { PipChoice } from "../illness.ts";
import type { Patient, PatientOptions } from "../patient.ts";
import type { Output } from "../room.ts";

/** How the people of this set-up type their commands, where that is not a login shell with pip on its PATH. */
export interface Use {
  /** Runs pip and cachewright alike. Default: as the patient, in the home. */
  run?(argv: readonly string[]): Promise<Output>;
  /** Default: `pip`. */
  readonly pip?: readonly string[];
  /** Where it installs to. Default: `--target` with a fresh directory. */
  readonly into?: readonly string[];
  /** Nothing leads doctor to this Python. */
  readonly unseen?: true;
  /** The cache is off, and meant to be. */
  readonly cacheOff?: true;
  /** What else must stay as it is, besides the home and the Python's prefix. */
  readonly watch?: readonly string[];
}

export const newest = ([major]: readonly [number, number]): boolean => major >= 26;

export interface SetUp {
  readonly name: string;
  /** Default: the newest; "pair" where an old one decides otherwise. */
  readonly pips?: PipChoice;
  readonly patient?: Omit<PatientOptions, "pip" | "index">;
  readonly needs?: readonly string[];
  make(patient: Patient): Promise<Use | void>;
}

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

/** Commands behind a shell's first words, such as `cd project && umask 077`. */
export function inShell(patient: Patient, words: string): (argv: readonly string[]) => Promise<Output> {
  return (argv) => patient.run(["sh", "-c", `${words} && exec ${argv.map(quoted).join(" ")}`]);
}

/** As root of the room, through programs that become somebody else; `%` stands for the whole command as one word. */
export function through(patient: Patient, words: readonly string[], env: Readonly<Record<string, string>> = {}): (argv: readonly string[]) => Promise<Output> {
  return (argv) => {
    const whole = argv.map(quoted).join(" ");
    return patient.room.run(words.includes("%") ? words.map((word) => (word === "%" ? whole : word)) : [...words, ...argv], { env });
  };
}

/** A virtual environment with the patient's pip in it, made by the patient's Python and one's own afterwards. */
export async function makeVenv(patient: Patient, at: string, options: { readonly args?: string; readonly by?: "patient" | "root"; readonly python?: string } = {}): Promise<void> {
  const { args = "", by = "patient", python = patient.python } = options;
  const script = `
    ${python} -m venv --without-pip ${args} ${at}
    cp -r ${patient.sitePackages}/pip ${patient.sitePackages}/pip-*.dist-info ${at}/lib/python3*/site-packages/
    sed '1s|.*|#!${at}/bin/python|' ${patient.prefix}/bin/pip > ${at}/bin/pip && chmod 755 ${at}/bin/pip && cp ${at}/bin/pip ${at}/bin/pip3`;
  await (by === "root" ? patient.root(`set -e; ${script}`) : patient.must(script));
}

/** A directory of the patient's outside the home. */
export async function ownDir(patient: Patient, path: string, mode = "755"): Promise<void> {
  await patient.root(`install -d -o ${patient.account.uid} -g ${patient.account.gid} -m ${mode} ${path}`);
}

/** Root's marker that this Python is the distribution's (PEP 668). */
export async function markManaged(patient: Patient): Promise<void> {
  await patient.root(`printf '[externally-managed]\\nError=Use a virtual environment.\\n' > ${patient.prefix}/lib/$(basename $(dirname ${patient.sitePackages}))/EXTERNALLY-MANAGED`);
}

/** The patient may use sudo, which finds the patient's pip; HOME is the target's, as by default. */
export async function allowSudo(patient: Patient): Promise<void> {
  const { name } = patient.account;
  const lines = [`${name} ALL=(ALL) NOPASSWD: ALL`, `Defaults:${name} !use_pty, !lecture, secure_path="${patient.prefix}/bin:/usr/bin:/bin"`];
  await patient.root(`printf '%s\\n' '${lines.join("' '")}' > /etc/sudoers.d/clinic && chmod 440 /etc/sudoers.d/clinic`);
}
