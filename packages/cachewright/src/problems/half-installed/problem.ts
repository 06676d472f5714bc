import type { Facts, InstallFact, PackagesFact } from "../../facts/facts.ts";
import { pathFact } from "../look-up.ts";
import type { Evidence, Finding, Problem, Remedy } from "../problem.ts";
import { shellWord } from "../settings-words.ts";

type Unfinished = PackagesFact["unfinished"][number];

/** Programs that write RECORD and METADATA themselves; of anybody else's packages nobody knows what they owe. */
const installers = new Set(["pip", "uv", "poetry", "pdm", "hatch"]);

/** The distribution's own directory: its packages have no RECORD by intention. */
function isDistributions({ directory }: PackagesFact, install: InstallFact | undefined): boolean {
  if (/^\/(?:nix|gnu|snap|System|Library)\/|^\/usr\/(?!local\/)|^\/opt\/homebrew\//.test(directory)) return true;
  return install?.kind === "conda" || (install !== undefined && install.externallyManaged !== null && install.purelib === directory && install.kind !== "system");
}

function isHalf({ installer }: Unfinished): boolean {
  return installer === null || installers.has(installer);
}

function whatIsLost({ lacks, files = [] }: Unfinished): string {
  if (lacks.length > 0) return `its ${lacks.join(" and ")} ${lacks.length === 1 ? "is" : "are"} missing or empty`;
  return `${files.length} of its files ${files.length === 1 ? "is" : "are"} gone, for instance ${files[0] ?? ""}`;
}

function detect(facts: Facts): Finding[] {
  return (facts.packages ?? []).flatMap((packages) => {
    const install = facts.installs.find(({ python }) => python === packages.python);
    if (isDistributions(packages, install)) return [];
    return packages.unfinished.filter(isHalf).map((one): Finding => {
      const evidence: Evidence = { says: whatIsLost(one), from: { path: one.path }, path: pathFact(facts, one.path) };
      return {
        problem: "half-installed", severity: "warning", subject: one.path, evidence: [evidence],
        params: { path: one.path, python: packages.python, package: `${one.name} ${one.version}`.trim(), requirement: one.version === "" ? one.name : `${one.name}==${one.version}`, because: whatIsLost(one), variant: one.lacks.length > 0 ? "unfinished" : "files" },
      };
    });
  });
}

/** Without RECORD pip cannot uninstall first: it has to be told not to try. */
function remedies(found: Finding): Remedy[] {
  const { python = "python3", requirement = "", variant } = found.params;
  const how = variant === "files" ? "--force-reinstall" : "--ignore-installed";
  return [{ id: "install-again", needs: "user", steps: [], shown: [`${shellWord(python)} -m pip install ${how} --no-deps ${shellWord(requirement)}`] }];
}

export const problem: Problem = { id: "half-installed", severity: "warning", tools: ["pip"], when: "always", detect, remedies };
