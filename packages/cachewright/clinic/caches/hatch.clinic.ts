/** hatch's cache, filled as `hatch new` fills it (from an address that the clinic does not have) and used by the real one. */
import { hatchProject, shopOf } from "../project-tools.ts";
import type { ToolPatient } from "../tool.ts";
import { describeCaches } from "./cache-case.ts";

const root = ({ account }: ToolPatient): string => `${account.home}/.cache/hatch`;
/** The text is asked of the big code host when it is missing: it is put there again, as if that had answered. */
const fetched = "mkdir -p ~/.cache/hatch/licenses; [ -s ~/.cache/hatch/licenses/MIT.txt ] || printf 'MIT License\\n\\nCopyright (c) <year> <copyright holders>\\n' > ~/.cache/hatch/licenses/MIT.txt";

describeCaches([
  {
    tool: "hatch", name: "texts of licences", root, kinds: ["download"], unproven: ["download"], names: [],
    make: async (patient) => { await patient.must(`mkdir -p ~/.cache/hatch/licenses ~/.cache/hatch/shell && touch ~/.cache/hatch/shell/first_run && ${fetched}`); },
    use: (patient) => patient.run(["sh", "-c", `${fetched}; cd "$1" && hatch new shop`, "sh", "/tmp"], { env: patient.indexEnv }).then(async (output) => {
      await patient.must("rm -rf /tmp/shop");
      return output;
    }),
    // A text that is missing would be asked of the big code host: what hatch does meanwhile needs none.
    atWork: async (patient) => {
      await hatchProject(patient);
      await patient.must(fetched);
      return patient.toolIn(shopOf(patient), "env", "create").then(async (output) => {
        await patient.must("rm -rf ~/.local/share/hatch/env/virtual");
        return output;
      });
    },
    beside: ["virtualenv"],
  },
]);
