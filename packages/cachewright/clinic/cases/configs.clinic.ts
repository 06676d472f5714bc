/** Configuration files that break every command, or that pip cannot read and passes over. */
import { describeIllnesses } from "../case.ts";
import type { Illness, PipChoice } from "../illness.ts";
import { must } from "../step.ts";
import type { Patient } from "../patient.ts";

const file = (patient: Patient) => `${patient.account.home}/.config/pip/pip.conf`;

interface Fault {
  readonly variant: string;
  /** printf's format. */
  readonly text: string;
  readonly pips: PipChoice;
  readonly complaint: Illness["complaint"];
  /** Default: the file is corrected. */
  readonly cure?: Illness["cure"];
  readonly env?: Readonly<Record<string, string>>;
}

type Version = readonly [major: number, minor: number];
const modern = ([major]: Version): boolean => major === 20 || major >= 26;
const ancient = ([major]: Version): boolean => major === 9;
const newest = ([major, minor]: Version): boolean => major > 26 || (major === 26 && minor >= 3);

const FAULTS: readonly Fault[] = [
  { variant: "no section header", text: "timeout = 30\\n", pips: modern, complaint: /Configuration file could not be loaded[^]*File contains no section headers/ },
  { variant: "no section header", text: "timeout = 30\\n", pips: ancient, complaint: /MissingSectionHeaderError: File contains no section headers/ },
  { variant: "a byte order mark", text: "\\357\\273\\277[global]\\ntimeout = 30\\n", pips: modern, complaint: /File contains no section headers[^]*ufeff/ },
  { variant: "a key twice", text: "[global]\\ntimeout = 30\\ntimeout = 40\\n", pips: modern, complaint: /option 'timeout' in section 'global' already exists/ },
  { variant: "a key twice", text: "[global]\\ntimeout = 30\\ntimeout = 40\\n", pips: ancient, complaint: /DuplicateOptionError/ },
  { variant: "bytes that are not UTF-8", text: "# f\\374r\\n[global]\\ntimeout = 30\\n", pips: modern, complaint: /contains invalid UTF-8 characters/i },
  {
    variant: "UTF-8 under LC_ALL=C", text: "# f\\303\\274r\\n[global]\\ntimeout = 30\\n", env: { LC_ALL: "C" },
    pips: { special: "26.2.1" },
    // The file is right; that pip reads it wrongly.
    cure: { by: "nobody", shows: /another version of pip/ }, complaint: /contains invalid ANSI_X3\.4-1968 characters/,
  },
  { variant: "two spellings of one key", text: "[global]\\nCache_Dir = /tmp/c\\ncache-dir = /tmp/d\\n", pips: newest, complaint: /option 'cache-dir' in section 'global' already exists/ },
  { variant: "a value of the wrong type", text: "[global]\\ntimeout = abc\\n", pips: modern, complaint: /An error occurred during configuration: option timeout: invalid floating-point value: 'abc'/ },
  { variant: "a wrong truth value", text: "[global]\\nno-cache-dir = maybe\\n", pips: modern, complaint: /invalid truth value 'maybe'/ },
  { variant: "version = 1", text: "[global]\\nversion = 1\\n", pips: modern, complaint: {
    silent: "pip takes it for --version and does nothing else, exit 0",
    async shows(output) { must(output.code === 0 && /^pip [\d.]+ from .*\n$/.test(output.text), `pip should print its version, it said:\n${output.text}`); },
  } },
];

const broken: readonly Illness[] = FAULTS.map(({ variant, text, pips, complaint, env, cure }) => ({
  problem: "config-breaks-tool", variant, pips, complaint, path: file,
  make: async (patient) => {
    await patient.must(`mkdir -p ~/.config/pip && printf '${text}' > ~/.config/pip/pip.conf`);
    Object.assign(patient.env, env);
  },
  // Old crashes name no file.
  explainPath: (patient) => (patient.pipVersion.startsWith("9.") || /value|version/.test(variant) ? null : file(patient)),
  cure: cure ?? { by: "patient", choose: "correct-file" },
}));

const unreadable: Illness = {
  problem: "config-unreadable", variant: "root's file of mode 0600", pips: "pair", path: file,
  make: async (patient) => {
    await patient.must("mkdir -p ~/.config/pip && printf '[global]\\ntimeout = 31\\n' > ~/.config/pip/pip.conf");
    await patient.root(`chown root:root ${file(patient)} && chmod 600 ${file(patient)}`);
  },
  act: (patient) => patient.run(["pip", "config", "list"]),
  complaint: {
    silent: "configparser passes over files it cannot open (configuration.py)",
    async shows(output) { must(output.code === 0 && !/timeout/.test(output.text), `pip should pass over the file, it said:\n${output.text}`); },
  },
  healthy: async (_patient, output) => must(/global\.timeout='31'/.test(output.text), `pip should read the file, it said:\n${output.text}`),
  cure: { by: "root for patient", choose: "give-back" },
};

describeIllnesses([...broken, unreadable]);
