/** Which reports a call asks for: one on stdout, and any number as files. The same words for every command that has them. */
import { AppError } from "../machine/app-error.ts";
import type { Terminal } from "../machine/terminal.ts";
import { isOn, valueOf, type Call } from "./command.ts";

export type ReportFormat = "text" | "json" | "html" | "sarif" | "junit" | "markdown" | "github";

export interface AskedReports {
  readonly stdout: ReportFormat;
  readonly files: readonly { readonly format: ReportFormat; readonly path: string }[];
}

const ofFiles = ["html", "sarif", "junit", "markdown"] as const;

/** `--json` is `--format json`; `--sarif -` is `--format sarif`. Two of them have no place on one stdout. */
export function askedReports(call: Call, known: readonly ReportFormat[]): AskedReports {
  const asked = ofFiles.flatMap((format) => {
    const path = valueOf(call, format);
    return path === undefined ? [] : [{ format, path }];
  });
  const format = valueOf(call, "format");
  const stdout: (readonly [option: string, format: ReportFormat])[] = [
    ...(isOn(call, "json") ? [["--json", "json"] as const] : []),
    ...(format === undefined ? [] : [[`--format ${format}`, knownFormat(call, format, known)] as const]),
    ...asked.filter(({ path }) => path === "-").map((one) => [`--${one.format} -`, one.format] as const),
  ];
  const [first, ...others] = stdout;
  const other = others.find(([, one]) => one !== first?.[1]);
  if (first !== undefined && other !== undefined) {
    throw new AppError("E_USAGE", `${first[0]} and ${other[0]} are both for standard output; write one of them to a file`, { hint: `See: cachewright ${call.command.name} --help` });
  }
  return { stdout: first?.[1] ?? "text", files: asked.filter(({ path }) => path !== "-") };
}

function knownFormat(call: Call, format: string, known: readonly ReportFormat[]): ReportFormat {
  const found = known.find((one) => one === format);
  if (found === undefined) throw new AppError("E_USAGE", `there is no format ${format}; there are ${known.join(", ")}`, { hint: `See: cachewright ${call.command.name} --help` });
  return found;
}

/** Files first: what cannot be written is told before anything is printed. Text and JSON on stdout are the command's own. */
export async function writeReports(asked: AskedReports, terminal: Terminal, make: (format: ReportFormat) => Promise<string>): Promise<void> {
  for (const { format, path } of asked.files) await terminal.save(path, await make(format));
  if (asked.stdout !== "text" && asked.stdout !== "json") await terminal.save("-", await make(asked.stdout));
}
