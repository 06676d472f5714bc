/** Tests ask tools as they come, without `prepare`. */
import { loadCondarcReader } from "../src/tools/conda/condarc-reader.ts";

await loadCondarcReader();
