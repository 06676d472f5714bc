/** What makes a user's systemd run `cache prune --auto`: two files, as systemd.timer(5) and systemd.service(5) have them. */
import { isAbsolute, join } from "node:path";
import { editStep, bytesNow } from "../fixes/resolve.ts";
import type { Step } from "../fixes/step.ts";
import { AppError } from "../machine/app-error.ts";
import type { Machine } from "../machine/machine.ts";

export const timerName = "cachewright-prune";

export const calendars = ["daily", "weekly", "monthly"] as const;
export type Calendar = (typeof calendars)[number];

/** In a unit file % and $ are special, a word with blanks is quoted, and a line ends where it ends. */
function unitWord(word: string): string {
  const text = word.replaceAll("%", "%%").replaceAll("$", "$$$$").replaceAll("\\", "\\\\").replaceAll('"', String.raw`\"`).replaceAll("\n", String.raw`\n`);
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `"${text}"`;
}

function serviceText(command: readonly string[]): string {
  return `[Unit]\nDescription=Make package caches smaller\n\n[Service]\nType=oneshot\nNice=19\nIOSchedulingClass=idle\nExecStart=${command.map(unitWord).join(" ")}\n`;
}

function timerText(calendar: Calendar): string {
  return `[Unit]\nDescription=Make package caches smaller, ${calendar}\n\n[Timer]\nOnCalendar=${calendar}\nRandomizedDelaySec=1h\nPersistent=true\n\n[Install]\nWantedBy=timers.target\n`;
}

export interface TimerWish {
  readonly calendar: Calendar;
  /** What is to be run, by absolute paths. */
  readonly command: readonly string[];
}

export interface Timer {
  /** None: both files say so already. */
  readonly steps: readonly Step[];
  readonly directory: string;
  /** What switches it on, once the files are there. */
  readonly enable: string;
}

export function timerFor(machine: Machine, { calendar, command }: TimerWish): Timer {
  const account = machine.account();
  const home = machine.env["HOME"] || (account.ok ? account.value.home : undefined);
  const config = machine.env["XDG_CONFIG_HOME"];
  const base = config !== undefined && isAbsolute(config) ? config : home === undefined ? undefined : join(home, ".config");
  if (machine.platform !== "linux" || base === undefined) throw new AppError("E_USAGE", "a timer is systemd's, and there is none for this account", { hint: `cron does as well: @${calendar} ${command.join(" ")}` });
  const directory = join(base, "systemd", "user");
  const files = [["service", serviceText(command)], ["timer", timerText(calendar)]] as const;
  const steps = files.flatMap(([kind, text]) => {
    const path = join(directory, `${timerName}.${kind}`);
    const step = editStep({ path, before: bytesNow(machine, path), after: Buffer.from(text) }, { why: "asked for: cache prune --install-timer", actor: "user", mode: 0o644 });
    return step === undefined ? [] : [step];
  });
  return { steps, directory, enable: `systemctl --user daemon-reload && systemctl --user enable --now ${timerName}.timer` };
}
