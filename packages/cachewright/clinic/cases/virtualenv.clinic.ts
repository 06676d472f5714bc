/** virtualenv: a cache that is foreign in part, and a virtualenv.ini that stops it or says something else than was meant. */
import { describeWithTool, type ToolIllness, type ToolPatient } from "../tool.ts";
import { must } from "../step.ts";

/** Until 20.37 it keeps what it can make again among the data. */
const isOld = ({ version }: ToolPatient): boolean => /^20\.(?:\d|[12]\d|3[0-7])\./.test(version);
const cache = (patient: ToolPatient): string => `${patient.account.home}/${isOld(patient) ? ".local/share" : ".cache"}/virtualenv`;
const ini = ({ account }: ToolPatient): string => `${account.home}/.config/virtualenv/virtualenv.ini`;
/** Threads of 20.26 wait for each other where one of them died. */
const makes = (patient: ToolPatient) => patient.run(["timeout", "40", "virtualenv", patient.freshDir()], { cwd: patient.account.home, env: patient.indexEnv });
const write = (text: string) => async (patient: ToolPatient): Promise<void> => { await patient.must(`mkdir -p ~/.config/virtualenv && printf '${text}' > ${ini(patient)}`); };

const illnesses: readonly ToolIllness[] = [
  {
    problem: "cache-write-denied", tool: "virtualenv", variant: "wheels in its cache that are root's", act: makes, complaint: /PermissionError/, path: (patient) => `${cache(patient)}/wheel`, explainPath: () => null,
    make: async (patient) => { await patient.root(`chown -hR 0:0 ${cache(patient)}/wheel`); },
    cure: { by: "patient", choose: "set-aside" }, hiddenByUse: true,
  },
  {
    problem: "cache-write-denied", tool: "virtualenv", variant: "wheels in its cache that are root's, given back", act: makes, complaint: /PermissionError/, path: (patient) => `${cache(patient)}/wheel`, explainPath: () => null,
    make: async (patient) => { await patient.root(`chown -hR 0:0 ${cache(patient)}/wheel`); },
    cure: { by: "root for patient", choose: "give-back" },
  },
  {
    problem: "config-breaks-tool", tool: "virtualenv", variant: "a virtualenv.ini without a section", versions: "old", act: makes, complaint: /failed to read config file/, path: ini, make: write("clear = true\\n"),
    cure: { by: "patient", choose: "set-aside" },
  },
  {
    problem: "config-unreadable", tool: "virtualenv", variant: "a virtualenv.ini of one's own that is closed", act: makes, complaint: /failed to read config file/, path: ini,
    make: async (patient) => { await write("[virtualenv]\\nclear = true\\n")(patient); await patient.must(`chmod 000 ${ini(patient)}`); },
    cure: { by: "patient", choose: "restore-mode" },
  },
  {
    problem: "cache-dir-misread", tool: "virtualenv", variant: "app_data with a ~", act: makes, path: (patient) => `${ini(patient)}:2`, make: write("[virtualenv]\\napp_data = ~/big  \\n"),
    complaint: { silent: "virtualenv makes a directory called ~", shows: async (_output, patient) => { await patient.must("[ -d ~/'~'/big ] && rm -r ~/'~'"); } },
    cured: async (patient) => {
      const { code } = await makes(patient);
      must(code === 0 && (await patient.run(["sh", "-c", "ls -d ~/'~'"])).code !== 0, "virtualenv should use the usual directory");
    },
    cure: { by: "patient", choose: "drop-setting" },
  },
];

describeWithTool(illnesses);
