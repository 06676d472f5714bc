import { closeSync, openSync, readSync } from "node:fs";
import { Buffer } from "node:buffer";

const page = Buffer.alloc(512);

/**
 * The id of the mount an open descriptor was reached through, from /proc/self/fdinfo (proc(5)); null where the kernel
 * does not tell. A bind mount shares `st_dev` with what it shows, so only this tells the two apart. Ids are those of
 * this mount namespace and this boot.
 */
export function mountIdOf(fd: number): number | null {
  let info: number | undefined;
  try {
    info = openSync(`/proc/self/fdinfo/${fd}`, "r");
    const length = readSync(info, page, 0, page.length, 0);
    const id = /^mnt_id:\s*(\d+)$/m.exec(page.toString("latin1", 0, length))?.[1];
    return id === undefined ? null : Number(id);
  } catch {
    return null;
  } finally {
    if (info !== undefined) closeSync(info);
  }
}
