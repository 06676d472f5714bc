import { toolContract } from "../../../test/tools/tool-contract.ts";
import { mamba, micromamba } from "./mamba.ts";

for (const tool of [mamba, micromamba]) {
  toolContract({
    tool, version: "2.8.1",
    inFile: { key: "always_copy", text: "channels: [a]\nalways_copy: yes\n", line: 2, effective: true },
    inVariable: { key: "safety_checks", name: "MAMBA_SAFETY_CHECKS", value: "enabled", effective: "enabled" },
  });
}
