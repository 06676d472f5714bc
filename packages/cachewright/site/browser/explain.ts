/** `explain` for the browser: the same rules as the command's. Loaded when somebody searches. */
import "./bytes.ts";
import { explainText } from "../../src/explain/explain-log.ts";

(globalThis as { cachewrightExplain?: typeof explainText }).cachewrightExplain = explainText;
