/** The environments of pipx run and pipx's logs, written and used by the real one. */
import { runPipx } from "../run-pipx.ts";
import type { ToolPatient } from "../tool.ts";
import { describeCaches, type CacheCase } from "./cache-case.ts";

const isOld = ({ version }: ToolPatient): boolean => version.startsWith("1.2.");
const home = ({ account }: ToolPatient): string => account.home;
const use: CacheCase["use"] = (patient) => runPipx(patient, "run", "--spec", "scripted", "scripted");
const nothing = (): Promise<void> => Promise.resolve();

describeCaches([
  {
    tool: "pipx", name: "environments of run", make: nothing, use, beside: ["pip"], kinds: ["environment"], names: ["scripted 1.0"],
    // The index's wheels have a RECORD without hashes.
    unproven: ["environment"],
    root: (patient) => (isOld(patient) ? `${home(patient)}/.local/pipx/.cache` : `${home(patient)}/.cache/pipx`),
  },
  {
    tool: "pipx", name: "logs", make: nothing, use, kinds: ["log"], unproven: ["log"], names: [],
    root: (patient) => (isOld(patient) ? `${home(patient)}/.local/pipx/logs` : `${home(patient)}/.local/state/pipx/log`),
  },
]);
