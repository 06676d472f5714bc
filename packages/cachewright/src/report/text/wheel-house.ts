/** What goes into a directory of wheels, what went in, and how pip and uv are led to it. */
import type { FilledHouse } from "../../caches/fill-house.ts";
import type { HousePlace, HousePlan, LeftOut } from "../../caches/house-plan.ts";
import { fileUrl } from "../../caches/file-url.ts";
import { bytesText, countText } from "./amounts.ts";
import type { Look } from "./look.ts";
import { shellWord, visiblePath, visibleText } from "./visible.ts";

const most = 40;

export function housePlanText(plan: HousePlan, look: Look): string {
  const { directory, files, state, present, changed, leftBehind } = plan;
  const where = state === "house" ? `${visiblePath(directory)}, which has ${countText(present.length, "file")}` : `${visiblePath(directory)}, ${state === "absent" ? "which is made" : "which is empty"}`;
  const head = files.length === 0 ? `Nothing new for ${where}.` : `${countText(files.length, "file")}, up to ${bytesText(plan.bytes)}, into ${where}:`;
  const lines = files.slice(0, most).map(({ filename, sources: [source] }) => `  ${visibleText(filename)}${originOf(source)}`);
  return `${[
    look.paint("bold", head), ...lines, ...(files.length > most ? [`  and ${countText(files.length - most, "more", "more")}`] : []),
    ...leftLines(plan.left, look), ...missingLines(plan, look),
    ...(changed.length === 0 ? [] : [`${look.symbols.warning} not as they were written, left as they are and named by no page: ${changed.map(visibleText).join(", ")}`]),
    ...leftBehind.map((path) => `${look.symbols.note} an export that was killed left ${visiblePath(path)}; to take it away: rm -r ${shellWord(path)}`),
    ...unreadLines(plan, look),
  ].join("\n")}\n`;
}

function originOf(source: HousePlan["files"][number]["sources"][number] | undefined): string {
  if (source === undefined) return "";
  if (source.tool === undefined) return "path" in source.body ? `  from ${visiblePath(source.body.path)}` : "";
  return source.how === "zipped" ? `  packed anew of what ${source.tool} unpacked` : `  from ${source.tool}'s cache`;
}

function leftLines(left: readonly LeftOut[], look: Look): string[] {
  if (left.length === 0) return [];
  const lines = left.slice(0, most).map(({ filename, why, tool }) => `  ${visibleText(filename)}${tool === undefined ? "" : ` (${tool})`}: ${visibleText(why)}`);
  return [look.paint("yellow", `${look.symbols.warning} left out:`), ...lines, ...(left.length > most ? [`  and ${countText(left.length - most, "more", "more")}`] : [])];
}

function missingLines({ missing }: HousePlan, look: Look): string[] {
  if (missing.length === 0) return [];
  return [look.paint("yellow", `${look.symbols.warning} wanted, and in no cache:`), ...missing.slice(0, most).map(({ project, version, from }) => `  ${visibleText(`${project}${version === null ? "" : `==${version}`}`)}  (${visiblePath(from)})`), ...(missing.length > most ? [`  and ${countText(missing.length - most, "more", "more")}`] : [])];
}

function unreadLines({ unread }: HousePlan, look: Look): string[] {
  return unread.length === 0 ? [] : [look.paint("yellow", `${look.symbols.warning} may not be read, so what is there is unknown: ${unread.slice(0, 5).map(({ path, errno }) => `${visiblePath(path)} (${errno})`).join(", ")}${unread.length > 5 ? " …" : ""}`)];
}

export function filledHouseText(plan: HousePlan, filled: FilledHouse, look: Look): string {
  const { taken, files } = filled;
  const anew = taken.filter(({ file }) => file.how === "zipped");
  const other = taken.filter(({ otherDigest }) => otherDigest).map(({ file }) => visibleText(file.filename));
  const unproven = anew.filter((one) => one.unproven > 0).map(({ file, unproven }) => `${visibleText(file.filename)} (${countText(unproven, "file")})`);
  const told = new Set(plan.left);
  const head = taken.length === 0 ? "Nothing was written." : `${look.paint("green", look.symbols.good)} ${countText(taken.length, "file")}, ${bytesText(taken.reduce((sum, { file }) => sum + file.bytes, 0))}, written; ${visiblePath(plan.directory)} has ${countText(files.length, "file")}.`;
  return `${[
    head, ...leftLines(filled.left.filter((one) => !told.has(one)), look),
    ...(anew.length === 0 ? [] : [`${look.symbols.note} ${countText(anew.length, "wheel was", "wheels were")} packed anew, each file held against its RECORD: they install as the originals do, but their digests are not the index's.`]),
    ...(unproven.length === 0 ? [] : [`${look.symbols.note} RECORD has no digests for all of: ${listed(unproven)}`]),
    ...(other.length === 0 ? [] : [`${look.symbols.warning} not the digests that requirements or lock files want: ${listed(other)}`]),
    ...(taken.length === 0 ? [] : ["", useText(plan, look)]),
  ].join("\n")}\n`;
}

function listed(names: readonly string[]): string {
  return `${names.slice(0, most).join(", ")}${names.length > most ? ` and ${names.length - most} more` : ""}`;
}

/** Settings are offered, not made: a directory that may move or go is nothing to be built into a configuration unasked. */
export function useText({ directory, kind }: Pick<HousePlace, "directory" | "kind">, look: Look): string {
  const word = shellWord(directory);
  const url = shellWord(fileUrl(directory));
  const offline = kind === "index"
    ? [`pip install --index-url ${url} …`, `uv pip install --default-index ${url} …`]
    : [`pip install --no-index --find-links ${word} …`, `uv pip install --no-index --find-links ${word} …`];
  const lasting = ["pip", "uv"].map((tool) => `${look.command} config add find-links ${word} --tool ${tool}`);
  const lines = (all: readonly string[]): string => all.map((line) => `  ${look.paint("cyan", line)}`).join("\n");
  return `Without a network, from here alone:\n${lines(offline)}\nBeside the usual index, from now on:\n${lines(lasting)}`;
}
