/**
 * Which of pip's long options refuse which values. A refused value in a file or variable ends every command that knows
 * the option. Read from the option tables of pip 9.0.3 … 26.3 (`pip install` of each feature release).
 */
import { pipAtLeast } from "./version.ts";

/** distutils' strtobool, which pip uses for every switch; null for what it refuses. */
export function truth(value: string): boolean | null {
  if (/^(?:y|yes|t|true|on|1)$/i.test(value)) return true;
  return /^(?:n|no|f|false|off|0)$/i.test(value) ? false : null;
}

interface OptionType {
  readonly kind: "switch" | "count" | "integer" | "float" | "choice" | "choices" | "never";
  readonly choices?: readonly string[];
}

/** First version that has it, first version that no longer has it. */
type Span = readonly [since: string, before?: string];

/** Known to every command. */
const generalSwitches: Readonly<Record<string, Span>> = {
  "debug": ["21.3"], "isolated": ["0"], "require-virtualenv": ["0"], "require-venv": ["0"], "version": ["0"], "no-input": ["0"],
  "disable-pip-version-check": ["0"], "no-color": ["10.0.0b1"], "no-python-version-warning": ["20.0"], "no-proxy-env": ["26.2"],
};

const installSwitches: Readonly<Record<string, Span>> = {
  "break-system-packages": ["23.0.1"], "check-build-dependencies": ["22.2"], "compile": ["0"], "no-compile": ["0"], "dry-run": ["22.2"],
  "egg": ["0", "10.0.0b1"], "force-reinstall": ["0"], "ignore-installed": ["0"], "ignore-requires-python": ["0"],
  "no-build-isolation": ["10.0.0b1"], "no-clean": ["0"], "no-dependencies": ["0"], "no-deps": ["0"], "no-index": ["0"],
  "no-require-hashes": ["26.2"], "no-user": ["10.0.0b1"], "no-warn-conflicts": ["10.0.0b1"], "no-warn-script-location": ["10.0.0b1"],
  "only-dependencies": ["26.2"], "only-deps": ["26.2"], "pre": ["0"], "prefer-binary": ["18.0"], "process-dependency-links": ["0", "19.0"],
  "require-hashes": ["0"], "upgrade": ["0"], "use-pep517": ["19.0"], "user": ["0"], "use-wheel": ["0", "10.0.0b1"], "no-use-wheel": ["0", "10.0.0b1"],
  "allow-all-external": ["0", "10.0.0b1"], "no-allow-external": ["0", "10.0.0b1"], "no-allow-insecure": ["0", "10.0.0b1"],
};

const numbers: Readonly<Record<string, readonly [OptionType["kind"], Span]>> = {
  "verbose": ["count", ["0"]], "quiet": ["count", ["0"]], "timeout": ["float", ["0"]], "default-timeout": ["float", ["0"]],
  "retries": ["integer", ["0"]], "resume-retries": ["integer", ["25.1"]],
};

interface ChoiceSpan {
  readonly span: Span;
  readonly choices: string;
  /** An option that may be given several times: values are split at white space. */
  readonly many?: true;
  readonly install?: true;
}

const one = (choices: string, ...span: Span): ChoiceSpan => ({ span, choices });
const many = (choices: string, ...span: Span): ChoiceSpan => ({ span, choices, many: true });
const install = (choices: string, ...span: Span): ChoiceSpan => ({ span, choices, install: true });

const choices: Readonly<Record<string, readonly ChoiceSpan[]>> = {
  "exists-action": [many("s i w b a", "0")],
  "keyring-provider": [one("auto disabled import subprocess", "23.1")],
  "upgrade-strategy": [install("only-if-needed eager", "0")],
  "root-user-action": [install("warn ignore", "22.1b1")],
  "progress-bar": [
    install("off on ascii pretty emoji", "10.0.0b1", "22.1b1"), install("on off", "22.1b1", "24.1b1"),
    install("on off raw", "24.1b1", "25.2"), install("auto on off raw", "25.2"),
  ],
  "unstable-feature": [many("resolver", "20.1b1", "20.3b1")],
  "use-deprecated": [
    many("", "20.2b1", "20.3b1"), many("legacy-resolver", "20.3b1", "21.3"), many("legacy-resolver out-of-tree-build", "21.3", "22.0"),
    many("legacy-resolver out-of-tree-build backtrack-on-build-failures html5lib", "22.0", "22.1b1"),
    many("legacy-resolver backtrack-on-build-failures html5lib", "22.1b1", "22.2"), many("legacy-resolver", "22.2", "24.2"),
    many("legacy-resolver legacy-certs", "24.2"),
  ],
  "use-feature": [
    many("2020-resolver fast-deps", "20.2b1", "21.1"), many("2020-resolver fast-deps in-tree-build", "21.1", "22.1b1"),
    many("2020-resolver fast-deps", "22.1b1", "22.2"), many("2020-resolver fast-deps truststore", "22.2", "22.3"),
    many("fast-deps truststore no-binary-enable-wheel-cache", "22.3", "25.3"),
    many("fast-deps build-constraint truststore no-binary-enable-wheel-cache", "25.3", "26.0"),
    many("fast-deps build-constraint inprocess-build-deps truststore no-binary-enable-wheel-cache", "26.0", "26.2"),
    many("fast-deps inprocess-build-deps venv-isolation truststore no-binary-enable-wheel-cache build-constraint", "26.2"),
  ],
};

function isIn(version: string, [since, before]: Span): boolean {
  return pipAtLeast(version, since) && (before === undefined || !pipAtLeast(version, before));
}

function typeOf(option: string, version: string, command: string): OptionType | null {
  const isInstall = command === "install";
  const span = generalSwitches[option] ?? (isInstall ? installSwitches[option] : undefined);
  if (span !== undefined) return isIn(version, span) ? { kind: "switch" } : null;
  if (option === "no-cache-dir") return { kind: "switch" };
  if (option === "no-use-pep517") return isInstall && isIn(version, ["19.0", "25.3"]) ? { kind: "never" } : null;
  const number = numbers[option];
  if (number !== undefined) return isIn(version, number[1]) ? { kind: number[0] } : null;
  const choice = choices[option]?.find((candidate) => isIn(version, candidate.span) && (isInstall || candidate.install !== true));
  if (choice === undefined) return null;
  return { kind: choice.many === true ? "choices" : "choice", choices: choice.choices.split(" ").filter((word) => word !== "") };
}

/** What this pip says about a value it refuses, or null when it takes it (or does not know the option). */
export function refusal(setting: { readonly option: string; readonly value: string }, pip: { readonly version: string; readonly command: string }): string | null {
  const { option, value } = setting;
  const type = typeOf(option, pip.version, pip.command);
  if (type === null) return null;
  switch (type.kind) {
    case "switch": return truth(value) === null ? refusedSwitch(option, value, pip.version) : null;
    case "count": return isCount(value, pip.version) ? null : `${value} is not a valid value for ${option} option`;
    case "never": return `A value was passed for --${option}`;
    case "float": return isFloat(value) ? null : `option ${option}: invalid floating-point value: '${value}'`;
    case "integer": return isInteger(value) ? null : `option ${option}: invalid integer value: '${value}'`;
    case "choice": return refusedChoice(option, [value], type.choices ?? []);
    case "choices": return refusedChoice(option, value.split(/\s+/).filter((word) => word !== ""), type.choices ?? []);
  }
}

function refusedSwitch(option: string, value: string, version: string): string {
  if (option === "no-cache-dir" && pipAtLeast(version, "19.0")) return `--no-cache-dir error: invalid truth value '${value.toLowerCase()}'`;
  if (!pipAtLeast(version, "18.1")) return `ValueError: invalid truth value '${value.toLowerCase()}'`;
  return `${value} is not a valid value for ${option} option, please specify a boolean value like yes/no, true/false or 1/0 instead.`;
}

function refusedChoice(option: string, values: readonly string[], known: readonly string[]): string | null {
  const wrong = values.find((value) => !known.includes(value));
  if (wrong === undefined) return null;
  return `option ${option}: invalid choice: '${wrong}' (choose from ${known.map((word) => `'${word}'`).join(", ")})`;
}

/** Numbers are counts since 20.3; before, a count takes only what a switch takes. */
function isCount(value: string, version: string): boolean {
  return truth(value) !== null || (pipAtLeast(version, "20.3b1") && /^\s*\+?\d+(?:_\d+)*\s*$/.test(value));
}

/** Python's float(). */
function isFloat(value: string): boolean {
  const digits = "\\d+(?:_\\d+)*";
  return new RegExp(`^\\s*[+-]?(?:(?:${digits}\\.?(?:${digits})?|\\.${digits})(?:e[+-]?${digits})?|inf|infinity|nan)\\s*$`, "i").test(value);
}

/** optparse's integers: 0x… hexadecimal, 0b… binary, 0… octal. */
function isInteger(value: string): boolean {
  if (/^0x/i.test(value)) return /^0x[0-9a-f]+(?:_[0-9a-f]+)*$/i.test(value);
  if (/^0b/i.test(value)) return /^0b[01]+(?:_[01]+)*$/i.test(value);
  return value.startsWith("0") ? /^0[0-7]*(?:_[0-7]+)*$/.test(value) : /^\s*[+-]?\d+(?:_\d+)*\s*$/.test(value);
}
