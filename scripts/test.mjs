/**
 * `npm test`: makes the checkout ready and runs every part. Ends with one line `N passed, N failed, N skipped`
 * over all of them; what this machine could not run stands above it, by reason.
 *
 *   --quick          without the clinic and what takes minutes
 *   --only PART      unit | clinic | fuzz
 *   further words    passed to vitest as file filters
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ensureReady, packageDir, root, say } from "./bootstrap.mjs";

const tool = (path) => [process.execPath, join(root, "node_modules", path)];
const clinicConfig = join(packageDir, "clinic/vitest.config.ts");

const parts = {
  generated: { title: "generated files", run: () => check("generated files", [process.execPath, join(root, "scripts/generate.mjs"), "--check"]) },
  types: { title: "types", run: () => check("types", [...tool("typescript/bin/tsc"), "-p", join(packageDir, "tsconfig.json"), "--noEmit"]) },
  lint: { title: "lint", run: () => check("lint", [...tool("oxlint/bin/oxlint"), "--deny-warnings", "."]) },
  unit: { title: "unit and integration", run: (given) => vitest("unit", join(packageDir, "vitest.config.ts"), given) },
  fuzz: { title: "fuzz", run: (given) => vitest("fuzz", join(packageDir, "vitest.config.ts"), { ...given, filters: ["fuzz", ...given.filters] }) },
  clinic: { title: "clinic", run: clinic },
};

/** A part that either holds or does not. */
function check(title, [file, ...args]) {
  if (!existsSync(args[0])) return outcome({ failed: 1, failures: [`${title}: ${args[0]} is missing`] });
  const done = spawnSync(file, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
  return done.status === 0 ? outcome({ passed: 1 }) : outcome({ failed: 1, failures: [title] });
}

function clinic(given) {
  if (existsSync(clinicConfig)) return vitest("clinic", clinicConfig, given);
  return outcome({ skipped: [{ name: "clinic", reason: "there is no clinic/vitest.config.ts" }] });
}

function vitest(name, config, { quick, filters, scratch }) {
  const report = join(scratch, `${name}.json`);
  const done = spawnSync(tool("vitest/vitest.mjs")[0], [
    tool("vitest/vitest.mjs")[1], "run", "--root", packageDir, "--config", config, "--passWithNoTests",
    "--reporter=default", "--reporter=json", `--outputFile.json=${report}`, ...(quick ? ["--mode=quick"] : []), ...filters,
  ], { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
  if (!existsSync(report)) return outcome({ failed: 1, failures: [`vitest ended with ${done.status ?? done.signal} and wrote no report`] });
  return readReport(JSON.parse(readFileSync(report, "utf8")), done.status);
}

function readReport(report, status) {
  const total = outcome({});
  for (const file of report.testResults) {
    if (file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed")) {
      total.failed += 1;
      total.failures.push(`${file.name.replace(`${root}/`, "")} (did not load)`);
    }
    for (const test of file.assertionResults) countTest(total, test);
  }
  // An error outside any test (an unhandled rejection) fails vitest without failing a test.
  if (status !== 0 && total.failed === 0) {
    total.failed += 1;
    total.failures.push("vitest reports an error outside the tests; see above");
  }
  return total;
}

function countTest(total, test) {
  if (test.status === "passed") total.passed += 1;
  else if (test.status === "failed") {
    total.failed += 1;
    total.failures.push(test.fullName);
  } else total.skipped.push({ name: test.fullName, reason: reasonOf(test) });
}

/** The reason stands in brackets at the end of the test's name or of a group's. */
function reasonOf(test) {
  for (const title of [test.title, ...[...test.ancestorTitles].reverse()]) {
    const inBrackets = /\(([^()]*(?:\([^()]*\)[^()]*)*)\)\s*$/.exec(title)?.[1];
    if (inBrackets) return inBrackets;
  }
  return "no reason given";
}

function outcome({ passed = 0, failed = 0, skipped = [], failures = [] }) {
  return { passed, failed, skipped, failures };
}

function chosenParts({ quick, only }) {
  if (only !== undefined) return [only];
  return ["generated", "types", "lint", "unit", ...(quick ? [] : ["clinic"])];
}

function printSkipped(skipped) {
  const byReason = new Map();
  for (const { name, reason } of skipped) byReason.set(reason, [...(byReason.get(reason) ?? []), name]);
  for (const [reason, names] of [...byReason].sort()) {
    console.log(`\nskipped: ${reason}`);
    for (const name of names) console.log(`  ${name}`);
  }
}

async function main() {
  const { values, positionals } = parseArgs({
    options: { quick: { type: "boolean", default: false }, only: { type: "string" } },
    allowPositionals: true,
  });
  if (values.only !== undefined && !["unit", "clinic", "fuzz"].includes(values.only)) {
    say(`--only ${values.only}: there is unit, clinic and fuzz`);
    process.exitCode = 2;
    return;
  }
  await ensureReady();
  const scratch = mkdtempSync(join(tmpdir(), "cachewright-test-"));
  const all = outcome({});
  try {
    for (const name of chosenParts(values)) {
      console.log(`\n== ${parts[name].title}`);
      const one = parts[name].run({ quick: values.quick, filters: positionals, scratch });
      console.log(`${parts[name].title}: ${one.passed} passed, ${one.failed} failed, ${one.skipped.length} skipped`);
      all.passed += one.passed;
      all.failed += one.failed;
      all.skipped.push(...one.skipped);
      all.failures.push(...one.failures);
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  printSkipped(all.skipped);
  if (all.failures.length > 0) console.log(`\nfailed:\n${all.failures.map((name) => `  ${name}`).join("\n")}`);
  console.log(`\n${all.passed} passed, ${all.failed} failed, ${all.skipped.length} skipped`);
  if (all.failed > 0 || all.passed === 0) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  say(String(error?.stack ?? error));
  console.log("\n0 passed, 1 failed, 0 skipped");
  process.exitCode = 1;
}
