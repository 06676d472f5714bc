/** The packages of the clinic's index: a pure wheel, an sdist that must be built without any download, and a large wheel. */
import { createHash } from "node:crypto";
import { tarGz, zip, type Members } from "./archives.ts";

export interface Distribution {
  readonly project: string;
  readonly fileName: string;
  readonly content: Buffer;
  readonly sha256: string;
}

function distribution(project: string, fileName: string, content: Buffer): Distribution {
  return { project, fileName, content, sha256: createHash("sha256").update(content).digest("hex") };
}

/** A wheel of one module, with whatever more a case needs. */
export function wheel(project: string, version: string, more: Members = {}): Distribution {
  const info = `${project}-${version}.dist-info`;
  const files: Members = { [`${project}.py`]: "VALUE = 1\n", ...more };
  const content = zip({
    ...files,
    [`${info}/METADATA`]: `Metadata-Version: 2.1\nName: ${project}\nVersion: ${version}\n`,
    [`${info}/WHEEL`]: "Wheel-Version: 1.0\nGenerator: clinic\nRoot-Is-Purelib: true\nTag: py2-none-any\nTag: py3-none-any\n",
    [`${info}/RECORD`]: `${Object.keys(files).map((path) => `${path},,\n`).join("")}${info}/METADATA,,\n${info}/WHEEL,,\n${info}/RECORD,,\n`,
  });
  return distribution(project, `${project}-${version}-py2.py3-none-any.whl`, content);
}

/** A PEP 517 backend inside the sdist (`backend-path`, pip >= 20.0): building needs nothing from an index. */
function backend(project: string, version: string): string {
  return `
import os
import zipfile

NAME, VERSION = "${project}", "${version}"
INFO = NAME + "-" + VERSION + ".dist-info"


def get_requires_for_build_wheel(config_settings=None):
    return []


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    file_name = NAME + "-" + VERSION + "-py3-none-any.whl"
    with zipfile.ZipFile(os.path.join(wheel_directory, file_name), "w") as archive:
        archive.writestr(NAME + ".py", "VALUE = 1\\n")
        archive.writestr(INFO + "/METADATA", "Metadata-Version: 2.1\\nName: " + NAME + "\\nVersion: " + VERSION + "\\n")
        archive.writestr(INFO + "/WHEEL", "Wheel-Version: 1.0\\nGenerator: clinic\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        archive.writestr(INFO + "/RECORD", NAME + ".py,,\\n" + INFO + "/METADATA,,\\n" + INFO + "/WHEEL,,\\n" + INFO + "/RECORD,,\\n")
    return file_name
`;
}

/** A build for this platform alone that reads a variable, as compiled packages do: it keeps what FLAVOURED_KIND said. */
function flavouredBackend(version: string): string {
  return backend("flavoured", version)
    .replace("import os\n", "import os\nimport sysconfig\n")
    .replaceAll("py3-none-any", '" + TAG + "')
    .replace("\n\n\ndef", '\nTAG = "py3-none-" + sysconfig.get_platform().replace("-", "_").replace(".", "_")\n\n\ndef')
    .replace('"VALUE = 1\\n"', '"KIND = " + repr(os.environ.get("FLAVOURED_KIND", "plain")) + "\\n"');
}

export const flavoured: Distribution = sdist("flavoured", "1.0", flavouredBackend("1.0"));

export function sdist(project: string, version: string, built = backend(project, version)): Distribution {
  const top = `${project}-${version}`;
  const content = tarGz({
    [`${top}/PKG-INFO`]: `Metadata-Version: 2.1\nName: ${project}\nVersion: ${version}\n`,
    [`${top}/pyproject.toml`]: `[build-system]\nrequires = []\nbuild-backend = "clinic_backend"\nbackend-path = ["."]\n`,
    [`${top}/clinic_backend.py`]: built,
    [`${top}/${project}.py`]: "VALUE = 1\n",
  });
  return distribution(project, `${top}.tar.gz`, content);
}
