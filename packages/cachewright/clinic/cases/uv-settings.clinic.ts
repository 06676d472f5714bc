/** uv's settings files, and its cache as others left it. */
import { describeWithTool, type ToolIllness, type ToolPatient } from "../tool.ts";
import { must } from "../step.ts";

const cache = ({ account }: ToolPatient): string => `${account.home}/.cache/uv`;
const userFile = ({ account }: ToolPatient): string => `${account.home}/.config/uv/uv.toml`;
const env = "/mnt/work/env";
const installs = async (patient: ToolPatient) => {
  await patient.must(`[ -d ${env} ] || python3 -m venv --without-pip ${env}`);
  return patient.tool("pip", "install", "--reinstall", "--refresh", "--python", `${env}/bin/python`, "wpkg");
};
const write = (patient: ToolPatient, lines: string): Promise<string> => patient.must(`mkdir -p ~/.config/uv && printf '${lines.replaceAll("\n", "\\n")}' > ~/.config/uv/uv.toml`);
const cacheDir = (patient: ToolPatient) => patient.tool("cache", "dir");
const prints = (path: (patient: ToolPatient) => string) => async (patient: ToolPatient): Promise<void> => {
  const { text } = await cacheDir(patient);
  must(text.trim() === path(patient), `uv should print ${path(patient)}, it said ${text}`);
};
const breaks: Omit<ToolIllness, "variant" | "make" | "cure"> = { problem: "config-breaks-tool", tool: "uv", act: cacheDir, complaint: /Failed to parse/, path: userFile, explainPath: () => null };
const kept = "# mine\nlink-mode = \"copy\" # slow disk\n";
const buckets = (patient: ToolPatient, kind: string): Promise<string> => patient.must(`ls -d ${cache(patient)}/${kind}-v*`).then((text) => text.trim());
const found = new Map<ToolPatient, string>();
const denied: Omit<ToolIllness, "variant" | "make" | "cure"> = { problem: "cache-write-denied", tool: "uv", act: installs, complaint: /Permission denied/, path: (patient) => found.get(patient) ?? "", explainPath: () => null };
const closed = (kind: string) => async (patient: ToolPatient): Promise<void> => {
  found.set(patient, await buckets(patient, kind));
  await patient.root(`rm -rf ${found.get(patient)}/* && chown -R 0:0 ${found.get(patient)} && chmod -R go-w ${found.get(patient)}`);
};
const secret = ["index-url = ", '"https://me:secret', '@pypi.example/simple"\n'].join("");

const illnesses: readonly ToolIllness[] = [
  { ...breaks, variant: "a key this uv does not know", make: async (patient) => { await write(patient, `${kept}colour = "blue"\n`); }, cure: { by: "patient", choose: "drop-key" }, cured: async (patient) => must((await patient.must("cat ~/.config/uv/uv.toml")) === kept, "the other lines should stay") },
  { ...breaks, variant: "a path without quotation marks", make: async (patient) => { await write(patient, "cache-dir = ~/big\n"); }, cure: { by: "patient", choose: "set-aside" } },
  { ...breaks, variant: "an empty UV_NO_CACHE", path: () => "UV_NO_CACHE", complaint: /value was not a boolean/, make: async (patient) => { patient.env["UV_NO_CACHE"] = ""; }, cure: { by: "nobody", shows: /unset UV_NO_CACHE/ } },
  {
    problem: "config-unreadable", tool: "uv", variant: "a file that is closed", act: cacheDir, path: userFile, versions: "newest",
    make: async (patient) => { await write(patient, 'cache-dir = "/tmp/elsewhere"\n'); await patient.must(`chmod 000 ${userFile(patient)}`); },
    complaint: { silent: "uv passes over a file of the person's that it may not read", shows: async (output, patient) => must(output.text.trim() === cache(patient), `uv should use its usual place, it said ${output.text}`) },
    cured: prints(() => "/tmp/elsewhere"), cure: { by: "patient", choose: "restore-mode" },
  },
  {
    problem: "config-shadowed", tool: "uv", variant: "a variable beats the file", act: cacheDir, path: userFile, cured: prints(() => "/tmp/by-variable"),
    make: async (patient) => { await write(patient, `${kept}cache-dir = "/tmp/by-file"\n`); patient.env["UV_CACHE_DIR"] = "/tmp/by-variable"; },
    complaint: { silent: "uv says nothing of the other place", shows: async (output) => must(output.text.trim() === "/tmp/by-variable", `the variable should count, uv said ${output.text}`) },
    cure: { by: "patient", choose: "remove-weaker" },
  },
  {
    problem: "config-exposes-secret", tool: "uv", variant: "a password in a file that everybody can read", act: cacheDir, path: userFile, make: async (patient) => { await patient.must("chmod 755 ~"); await write(patient, secret); },
    complaint: { silent: "uv says nothing of it", shows: async (output) => must(output.code === 0, "uv should work") }, cured: async (patient) => must((await patient.must("stat -c %a ~/.config/uv/uv.toml")).trim() === "600", "the file should be closed"),
    cure: { by: "patient", choose: "make-private" },
  },
  {
    problem: "config-key-ignored", tool: "uv", variant: "one key of a project's table hides the others", path: ({ account }) => `${account.home}/pyproject.toml`, explainPath: () => null,
    act: (patient) => patient.tool("cache", "dir"), complaint: /during settings discovery/, cured: prints(() => "/tmp/elsewhere"),
    make: async (patient) => { await patient.must(`printf '[project]\nname = "own"\nversion = "1"\n\n[tool.uv]\ncache-dir = "/tmp/elsewhere"\ncolour = "blue" # ?\n' > ~/pyproject.toml`); },
    cure: { by: "patient", choose: "drop-key" },
  },
  { ...denied, variant: "root's bucket for wheels, set aside", make: closed("wheels"), cure: { by: "patient", choose: "set-aside" } },
  { ...denied, variant: "root's pages of the index, given back", make: closed("simple"), cure: { by: "root for patient", choose: "give-back" }, hiddenByUse: true },
  {
    ...denied, variant: "a closed archive of one's own",
    make: async (patient) => {
      found.set(patient, await buckets(patient, "archive"));
      await patient.must(`rm -rf ${cache(patient)}/wheels-v*/* ${found.get(patient)}/* && chmod 555 ${found.get(patient)}`);
    },
    cure: { by: "patient", choose: "restore-mode" }, hiddenByUse: true,
  },
  {
    problem: "cache-corrupt", tool: "uv", variant: "an unpacked wheel whose METADATA was emptied", complaint: /The wheel is invalid/, doctorArgs: ["--problem", "cache-corrupt"], path: (patient) => found.get(patient) ?? "", explainPath: () => null,
    act: async (patient) => { await patient.must(`rm -rf ${env} && python3 -m venv --without-pip ${env}`); return patient.tool("pip", "install", "--python", `${env}/bin/python`, "wpkg"); },
    make: async (patient) => {
      found.set(patient, (await patient.must(`dirname $(ls -d ${cache(patient)}/archive-v0/*/wpkg-1.0.dist-info)`)).trim());
      await patient.must(`cd ${found.get(patient)} && rm wpkg-1.0.dist-info/METADATA && : > wpkg-1.0.dist-info/METADATA`);
    },
    cure: { by: "patient", choose: "remove-entries", undo: "refused" },
  },
  {
    problem: "cache-world-writable", tool: "uv", variant: "chmod 777 over all of it", act: installs, path: cache, make: async (patient) => { await patient.must(`chmod 755 ~ && find ${cache(patient)} -type d -exec chmod 777 {} +`); },
    complaint: { silent: "uv works", shows: async (output) => must(output.code === 0, "uv should work") },
    cured: async (patient) => must((await patient.must(`find ${cache(patient)} -type d -perm -o+w`)) === "", "no directory should be open"), cure: { by: "patient", choose: "take-bits-away" },
  },
];

describeWithTool(illnesses);
