import { virtualenv } from "../../../src/tools/virtualenv/virtualenv.ts";
import { bytesOf, oddFlag, oddPath, personVariables, variables, type RandomMachine } from "../random-machine.ts";
import type { Random } from "../random.ts";
import { settingsOf, type Said, type Subject } from "../subject.ts";

const flags = ["read_only_app_data", "symlink_app_data", "copies", "symlinks", "download", "no_download", "clear"];
const lists = (random: Random): string => random.pick(["ROOT/a", "ROOT/a,ROOT/b", "ROOT/a\nROOT/b", " ROOT/a , ROOT/b ", "", "ROOT/a,", "ROOT/a b", "ROOT/a:ROOT/b"]);
const kinds = {
  VIRTUALENV_APP_DATA: oddPath, VIRTUALENV_OVERRIDE_APP_DATA: oddPath, VIRTUALENV_EXTRA_SEARCH_DIR: lists,
  ...Object.fromEntries(flags.map((flag) => [`VIRTUALENV_${flag.toUpperCase()}`, oddFlag])),
};

function ini(random: Random): string {
  const lines = [...random.some(flags, 5).map((flag) => `${flag} = ${oddFlag(random)}`), ...(random.once(2) ? [`app_data${random.pick([" = ", "=", ": "])}${oddPath(random)}`] : []),
    ...(random.once(5) ? [`extra_search_dir = ${lists(random).replace("\n", "\n    ")}`] : []), ...(random.once(6) ? ["; a comment", "App-Data = /odd"] : [])];
  const head = random.once(12) ? "[other]" : random.once(20) ? "" : random.once(20) ? "[Virtualenv]" : "[virtualenv]";
  return bytesOf(random, `${head}\n${lines.join(random.once(6) ? "\r\n" : "\n")}\n`);
}

function machine(random: Random): RandomMachine {
  const env: Record<string, string> = { ...personVariables(random), ...variables(random, kinds, 7) };
  if (random.once(5)) env["VIRTUALENV_CONFIG_FILE"] = random.pick(["ROOT/named.ini", "named.ini", "", "~/named.ini", "ROOT/none.ini"]);
  const files: Record<string, string> = {};
  for (const path of ["ROOT/h/.config/virtualenv/virtualenv.ini", "ROOT/x/virtualenv/virtualenv.ini", "ROOT/h/.x/virtualenv/virtualenv.ini", "ROOT/named.ini", "ROOT/w/named.ini"]) {
    if (random.once(2)) files[path] = ini(random);
  }
  return { env, files, dirs: random.some(["ROOT/h/.local/share/virtualenv", "ROOT/a"], 3), cwd: "ROOT/w" };
}

/** What nobody sets is left to the option's default. */
function said(settings: Readonly<Record<string, unknown>>): Said {
  return Object.fromEntries(["read_only_app_data", "symlink_app_data", "clear", "extra_search_dir"].flatMap((name) => (settings[name] === null ? [] : [[name, settings[name]]])));
}

export const virtualenvSubject: Subject = {
  tool: "virtualenv", machine, harmless: /Not a boolean/, beyond: /python info cannot be updated/, paths: ["app_data"],
  ours: (group, asked) => ({ ...said(settingsOf(group)), app_data: virtualenv.locate(asked).find(({ name }) => name === "app data")?.path }),
};
