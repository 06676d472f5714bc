import { condarc, oddChannel } from "../condarc.ts";
import { oddFlag, oddPath, personVariables, variables, type RandomMachine } from "../random-machine.ts";
import type { Random } from "../random.ts";
import { conda } from "../../../src/tools/conda/conda.ts";
import { condaKeys } from "../../../src/tools/conda/keys.ts";
import type { Asked, EffectiveSetting } from "../../../src/tools/tool.ts";
import { settingsOf, type Said, type Subject } from "../subject.ts";

const separators = [",", ",", ", ", " , ", ":", ";", ",,"];
const several = (of: (random: Random) => string) => (random: Random): string => `${Array.from({ length: 1 + random.below(3) }, () => of(random)).join(random.pick(separators))}${random.once(12) ? "," : ""}`;
const flag = (random: Random): string => `${oddFlag(random)}${random.once(10) ? random.pick(["!important", " !important"]) : ""}`;

const kinds = {
  CONDA_PKGS_DIRS: several(oddPath), CONDA_ENVS_DIRS: several(oddPath), CONDA_CHANNELS: several(oddChannel), CONDA_ALWAYS_COPY: flag, CONDA_OFFLINE: flag, CONDA_USE_ONLY_TAR_BZ2: flag,
  CONDA_ALLOW_SOFTLINKS: flag, CONDA_SAFETY_CHECKS: (random: Random) => random.pick(["warn", "disabled", "enabled", " warn ", "no", ""]), CONDA_NO_LOCK: flag, CONDA_ALWAYS_YES: flag,
  CONDA_LOCAL_REPODATA_TTL: (random: Random) => random.pick(["0", "30", "true", "no", " 5 ", "-1", "1.5", ""]),
};
const rare = {
  CONDA_ENVS_PATH: several(oddPath), CONDA_COPY: flag, CONDA_SOFTLINK: flag, CONDA_ALWAYS_SOFTLINK: flag, CONDA_ROOT_PREFIX: oddPath, conda_pkgs_dirs: several(oddPath), CONDA_pkgs_dirs: several(oddPath), CONDA_PKGS_DIR: several(oddPath),
  CONDA_CHANNEL_ALIAS: (random: Random) => random.pick(["https://a.example", "a.example", ""]), CONDA_FORCE_32BIT: flag,
};

/** Places that some conda looks in, then names that only some or no condas take there. */
const places = [
  "ROOT/h/.condarc", "ROOT/h/.condarc", "ROOT/h/.conda/.condarc", "ROOT/h/.conda/condarc", "ROOT/h/.config/conda/.condarc", "ROOT/h/.config/conda/condarc", "ROOT/x/conda/.condarc", "ROOT/h/.x/conda/condarc",
  "ROOT/w/$XDG_CONFIG_HOME/conda/.condarc", "ROOT/env/.condarc", "ROOT/env/condarc.d/a.yml", "ROOT/r/.condarc", "ROOT/h/.conda/condarc.d/10.yml", "ROOT/h/.conda/condarc.d/9.yaml", "ROOT/h/.config/conda/condarc.d/b.yml",
];
const oddPlaces = [
  "ROOT/h/condarc", "ROOT/h/.conda/.condarc.yml", "ROOT/h/.conda/condarc.d/c.YML", "ROOT/h/.conda/condarc.d/.hidden.yml", "ROOT/h/.conda/condarc.d/.yml", "ROOT/h/.conda/condarc.d/.condarc", "ROOT/h/.conda/condarc.d/no-ending",
  "ROOT/h/.conda/condarc.d/deep/d.yml", "ROOT/h/.condarc.d/x.yml", "ROOT/w/.condarc", "ROOT/w/condarc", "ROOT/h/.config/conda/condarc.yml", "ROOT/w/$CONDA_PREFIX/.condarc", "ROOT/r/condarc.d/z.yml", "ROOT/env/condarc",
];
const named = ["ROOT/named/.condarc", "ROOT/named/condarc", "ROOT/named/mine.yml", "ROOT/named/mine.yaml", "ROOT/named/mine.YML", "ROOT/named/mine.txt", "ROOT/named/my-condarc", "ROOT/named/.yml"];

function machine(random: Random): RandomMachine {
  const env: Record<string, string> = { ...personVariables(random), ...variables(random, kinds, 7), ...variables(random, rare, 25) };
  if (random.once(4)) env["CONDARC"] = random.once(8) ? random.pick(["ROOT/none.yml", "", "named.yml", "~/.condarc", "$HOME/.condarc", "ROOT/named", "~/.conda"]) : random.pick(named);
  if (random.once(3)) env["CONDA_PREFIX"] = random.pick(["ROOT/env", "ROOT/env", "", "env", "~/env"]);
  if (random.once(8)) env["CONDA_ROOT"] = random.pick(["ROOT/r", "ROOT/r", "", "r"]);
  if (random.once(12)) env["CONDA_DEFAULT_ENV"] = random.pick(["base", "root", "mine", "./here", "ROOT/env", ""]);
  const wanted = [...random.some(places, 5), ...random.some(oddPlaces, 18), ...(env["CONDARC"]?.startsWith("ROOT/named/") === true && !random.once(6) ? [env["CONDARC"]] : [])];
  return { env, files: Object.fromEntries(wanted.map((path) => [path, condarc(random)])), dirs: ["ROOT/w", ...random.some(["ROOT/h/.condarc.d", "ROOT/env"], 8)], cwd: "ROOT/w" };
}

/** Told in another form, or worked out from others; an older conda says false of a `use_only_tar_bz2` that nobody set. */
const unlike = ["croot", "custom_channels", "default_channels", "channel_alias", "channels"];

/** By setting, the sources that say anything of it; of lists, anything at all. */
function sourcesOf({ source, shadows, items }: EffectiveSetting): string[] {
  const all = [source, ...(items ?? []), ...shadows.map((one) => one.source)];
  return [...new Set(all.flatMap((one) => (one === "default" ? [] : ["file" in one ? one.file : "envvars"])))].toSorted();
}

function ours(settings: readonly EffectiveSetting[], group: Readonly<Record<string, unknown>>): Said {
  const told = Object.fromEntries(Object.entries(group).filter(([key, value]) => !unlike.includes(key) && !(key === "use_only_tar_bz2" && value === null)));
  const lists = condaKeys.filter(({ type }) => type === "list").map(({ key }) => key);
  const sources = settings.filter(({ key }) => !lists.includes(key)).flatMap((one) => { const said = sourcesOf(one); return said.length === 0 ? [] : [[`sources of ${one.key}`, said]] as const; });
  return { ...told, ...Object.fromEntries(sources) };
}

export const condaSubject: Subject = { tool: "conda", machine, ours: (group, asked: Asked) => ours(conda.settings(asked), settingsOf(group)) };
