/**
 * How right lint is about files of other projects: `node scripts/lint-corpus.mjs DIR`, where DIR has the files of
 * packages/cachewright/test/lint-corpus/corpus.json as owner/name/path, each at the commit that stands there.
 * Prints precision by set and rule, recall over what was judged by reading, and every report that is false or missing.
 *
 *   --json    the same for programs
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { asScript, ensureReady, packageDir, ScriptError } from "./bootstrap.mjs";

await asScript(async () => {
  const { values, positionals } = parseArgs({ options: { json: { type: "boolean" } }, allowPositionals: true });
  const [home] = positionals;
  if (home === undefined) throw new ScriptError("which directory has the files? node scripts/lint-corpus.mjs DIR");
  await ensureReady();
  const { files } = JSON.parse(readFileSync(join(packageDir, "test/lint-corpus/corpus.json"), "utf8"));
  const here = files.filter((file) => isHere(resolve(home), file));
  if (here.length === 0) throw new ScriptError(`none of the corpus's files is in ${home}`);
  const figures = judge(here, lint(resolve(home), here));
  console.log(values.json ? JSON.stringify(figures, null, 2) : words(figures, files.length));
});

function isHere(home, { project, path, sha256, commit }) {
  const place = join(home, project, path);
  if (!existsSync(place)) return false;
  if (createHash("sha256").update(readFileSync(place)).digest("hex") === sha256) return true;
  throw new ScriptError(`${place} is not the file that was judged: take it at commit ${commit}`);
}

/** Every file by its name, so that nothing a directory walk leaves out is missed. */
function lint(home, files) {
  const paths = files.map(({ project, path }) => join(project, path));
  const command = [join(packageDir, "bin/cachewright.cjs"), "lint", "--json", ...paths];
  let out;
  try {
    out = execFileSync(process.execPath, command, { cwd: home, encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    // 1: findings; 2: one of the files is a template and no Dockerfile.
    if (![1, 2].includes(error.status) || error.stdout === "") throw error;
    out = error.stdout;
  }
  return new Map(JSON.parse(out).files.map(({ path, findings }) => [path, findings]));
}

function judge(files, found) {
  const reports = [];
  const missed = [];
  let wanted = 0;
  for (const file of files) {
    const name = join(file.project, file.path);
    const findings = found.get(name) ?? [];
    for (const { rule, line } of findings) {
      const judged = file.reports.find((one) => one.rule === rule && one.line === line);
      reports.push({ at: `${name}:${line}`, rule, set: file.set, verdict: judged === undefined ? "not judged" : judged.ill ? "true" : "false", why: judged?.why ?? "" });
    }
    if (file.set !== "read") continue;
    for (const { rule, line, why } of file.reports.filter((one) => one.ill && one.wanted !== false)) {
      wanted++;
      if (!findings.some((one) => one.rule === rule && one.line === line)) missed.push({ at: `${name}:${line}`, rule, why });
    }
  }
  return { projects: new Set(files.map(({ project }) => project)).size, files: files.length, reports, missed, wanted };
}

function words({ projects, files, reports, missed, wanted }, all) {
  const share = (part, whole) => (whole === 0 ? "–" : `${((100 * part) / whole).toFixed(1)} %`);
  const row = (title, of) => `${title.padEnd(28)} ${String(of.length).padStart(4)} reports, ${share(of.filter(({ verdict }) => verdict === "true").length, of.length)} true`;
  const by = (key) => [...new Set(reports.map((one) => one[key]))].sort().map((value) => row(value, reports.filter((one) => one[key] === value)));
  const listed = (title, of, mark) => (of.length === 0 ? [] : ["", title, ...of.map(({ at, rule, why }) => `  ${mark} ${at} ${rule}: ${why}`)]);
  return [
    `${files} of ${all} files, ${projects} projects`, "", row("all", reports), "", ...by("set"), "", ...by("rule"), "",
    `of ${wanted} faults seen by reading ${wanted - missed.length} are found: ${share(wanted - missed.length, wanted)}`,
    ...listed("Reports nobody judged", reports.filter(({ verdict }) => verdict === "not judged"), "?"),
    ...listed("False reports", reports.filter(({ verdict }) => verdict === "false"), "-"), ...listed("Missed", missed, "+"),
  ].join("\n");
}
