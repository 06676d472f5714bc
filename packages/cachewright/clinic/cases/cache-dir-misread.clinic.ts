import { existsSync } from "node:fs";
import { describeIllnesses } from "../case.ts";
import type { Illness } from "../illness.ts";
import { install } from "../install.ts";
import { must } from "../step.ts";
import type { Patient } from "../patient.ts";

const config = (patient: Patient) => `${patient.account.home}/.config/pip/pip.conf`;

/** A stray cache grows in whatever directory the person happens to be in. */
function strayCache(name: (patient: Patient) => string): Pick<Illness, "act" | "complaint"> {
  const stray = (patient: Patient) => `${patient.account.home}/project/${name(patient)}`;
  return {
    act: (patient) => patient.pipIn(`${patient.account.home}/project`, "install", "--target", patient.freshDir(), "--no-deps", "wpkg"),
    complaint: {
      silent: "pip believes the value and makes the directory",
      async shows(output, patient) {
        must(output.code === 0, `pip should succeed, it said:\n${output.text}`);
        must(existsSync(patient.room.seen(stray(patient))), `pip should have made ${stray(patient)}`);
      },
    },
  };
}

const setting = (value: string): Illness["make"] => async (patient) => {
  await patient.must(`mkdir -p ~/project ~/.config/pip && cat > ~/.config/pip/pip.conf <<'END'\n[global]\ncache-dir = ${value}\nEND`);
};

const base = { problem: "cache-dir-misread", pips: "pair", path: config } as const;

const caches = async (patient: Patient): Promise<void> => {
  const second = await install(patient);
  must(/Using cached/.test(second.text), `a second install should use the cache, it said:\n${second.text}`);
  must(existsSync(patient.room.seen(`${patient.account.home}/.cache/pip`)) || existsSync(patient.room.seen(`${patient.account.home}/c`)), "the cache should be in the home");
};

const illnesses: readonly Illness[] = [
  { ...base, variant: "cache-dir = false", ...strayCache(() => "false"), make: setting("false"), healthy: caches, cure: { by: "patient", choose: "drop-setting" } },
  { ...base, variant: 'cache-dir = "~/c", quoted', ...strayCache(() => '"~/c"'), make: setting('"~/c"'), healthy: caches, cure: { by: "patient", choose: "correct-value" } },
  { ...base, variant: "cache-dir = $HOME/c", ...strayCache(() => "$HOME/c"), make: setting("$HOME/c"), healthy: caches, cure: { by: "patient", choose: "correct-value" } },
  { ...base, variant: "cache-dir = c, relative", ...strayCache(() => "c"), make: setting("c"), healthy: caches, cure: { by: "patient", choose: "drop-setting" } },
  {
    ...base, variant: "XDG_CACHE_HOME relative, followed before 26.3", pips: ([major]) => major === 20, ...strayCache(() => "rel/pip"), path: () => "XDG_CACHE_HOME",
    make: async (patient) => { patient.env["XDG_CACHE_HOME"] = "rel"; await patient.must("mkdir ~/project"); },
    cure: { by: "nobody", shows: /XDG_CACHE_HOME/ },
  },
];

describeIllnesses(illnesses);
