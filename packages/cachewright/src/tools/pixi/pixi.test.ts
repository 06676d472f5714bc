import { toolContract } from "../../../test/tools/tool-contract.ts";
import { pixi, rattler } from "./pixi.ts";

for (const version of ["0.60.0", "0.77.0"]) {
  toolContract({
    tool: pixi, version,
    inFile: { key: "cache.root", text: "default-channels = []\n[cache] # mine\nroot = '/c'\n", line: 3, effective: "/c" },
    inVariable: { key: "cache.root", name: "PIXI_CACHE_DIR", value: "/v", effective: "/v" },
  });
}
toolContract({ tool: rattler, version: "0.28.0", inVariable: { key: "cache.root", name: "RATTLER_CACHE_DIR", value: "/v", effective: "/v" } });
