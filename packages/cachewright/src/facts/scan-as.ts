import { nodeMachine } from "../machine/node-machine.ts";
import { startLooks } from "./looks.ts";
import { scan, type ScanRequest } from "./scan.ts";

/**
 * For tests: the main of a child that becomes an ordinary user and scans, because to root nothing is denied. Nothing
 * here is loaded by the command line.
 */
const [uid, request] = process.argv.slice(2);
process.setgroups?.([]);
process.setgid?.(Number(uid));
process.setuid?.(Number(uid));
process.stdout.write(JSON.stringify(scan(startLooks(nodeMachine()), JSON.parse(request ?? "") as ScanRequest)));
