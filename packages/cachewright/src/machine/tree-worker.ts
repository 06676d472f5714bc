/** What a thread runs: one task, given at its start. An entry of its own in the bundle. */
import { parentPort, workerData } from "node:worker_threads";
import { deletePart, type DeleteTask } from "./delete-part.ts";
import { weighPart, type WeighTask } from "./weigh-part.ts";

const task = workerData as WeighTask | DeleteTask;
if (task.kind === "weigh") {
  const part = weighPart(task);
  parentPort?.postMessage(part, Object.values(part.linked.columns).map((column: { buffer: ArrayBuffer }) => column.buffer));
} else {
  deletePart(task);
}
