/** virtualenv's app data, written and used by the real one. */
import type { ToolPatient } from "../tool.ts";
import { describeCaches } from "./cache-case.ts";

/** Until 20.37 it keeps what it can make again among the data. */
const isOld = ({ version }: ToolPatient): boolean => /^20\.(?:\d|[12]\d|3[0-7])\./.test(version);
const appData = (patient: ToolPatient): string => `${patient.account.home}/${isOld(patient) ? ".local/share" : ".cache"}/virtualenv`;
/** Threads of 20.26 wait for each other where one of them died. */
const makes = (patient: ToolPatient, ...more: readonly string[]) => patient.run(["timeout", "60", "virtualenv", ...more, patient.freshDir()], { cwd: patient.account.home, env: patient.indexEnv });

const nothing = (): Promise<void> => Promise.resolve();

describeCaches([
  { tool: "virtualenv", name: "copied from", make: nothing, use: (patient) => makes(patient), root: appData, kinds: ["metadata", "package"], names: [] },
  { tool: "virtualenv", name: "linked to", make: nothing, use: (patient) => makes(patient, "--symlink-app-data"), root: appData, kinds: ["metadata", "package"], unproven: ["package"], names: [] },
  {
    // `do_update` in the background asks the big index: its log is written as it would be, for a wheel in the house.
    tool: "virtualenv", name: "with newer wheels in the house", root: appData, kinds: ["metadata", "package", "download"], names: [],
    make: async (patient) => {
      const made = await makes(patient);
      if (made.code !== 0) throw new Error(made.text);
      await patient.must(`python - <<'SCRIPT'
import glob, json, os, shutil, sys
sys.path.insert(0, "${patient.sitePackages}")
from virtualenv.seed.wheels.embed import get_embed_wheel
data = "${appData(patient)}"
version = "%d.%d" % sys.version_info[:2]
wheel = str(get_embed_wheel("pip", version).path)
os.makedirs(data + "/wheel/house", exist_ok=True)
os.makedirs(data + "/wheel/" + version + "/embed/3", exist_ok=True)
shutil.copy(wheel, data + "/wheel/house/")
old = "2020-01-01T00:00:00.000000Z"
log = {"started": old, "completed": old, "periodic": True, "versions": [{"filename": os.path.basename(wheel), "release_date": old, "found_date": old, "source": "periodic"}]}
json.dump(log, open(data + "/wheel/" + version + "/embed/3/pip.json", "w"))
SCRIPT`);
    },
    use: (patient) => makes(patient),
  },
]);
