import { cachePicture } from "../caches/cache-picture.ts";
import type { Machine } from "../machine/machine.ts";
import { version } from "../machine/version.ts";
import { cachePage } from "../report/html/caches/cache-page.ts";
import { bytesText } from "../report/text/amounts.ts";
import { visiblePath } from "../report/text/visible.ts";
import { chosenEntries } from "./cache-ls.ts";
import { spokenCall, valueOf, type Call } from "./command.ts";
import { during } from "./progress.ts";

/** `cache ls [TOOL] --html FILE`. */
export async function writeCachePage(call: Call, machine: Machine): Promise<number> {
  const file = valueOf(call, "html") ?? "-";
  const { tool, places, inventories, entries, order } = await chosenEntries(call, machine, call.words[0]);
  const page = await during(call.terminal, "writing the page", () => cachePage(cachePicture(machine, { tool, places, inventories, entries, order, command: spokenCall(call), by: `Cachewright ${version}` })));
  await call.terminal.save(file, page);
  if (file !== "-") call.terminal.err(`${visiblePath(file)}: one page of ${bytesText(Buffer.byteLength(page))}, for any browser; nothing else is needed with it.\n`);
  return 0;
}
