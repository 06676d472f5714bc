/** What the page's script does: it makes comfort of what the page says already. Each part sees what those before it made. */
import { scriptData } from "./script-data.ts";
import { scriptMap } from "./script-map.ts";
import { scriptTable } from "./script-table.ts";
import { scriptTiles } from "./script-tiles.ts";

export const cachePageScript = `(() => { "use strict";\n${scriptData}${scriptTable}${scriptTiles}${scriptMap}\n})();`;
