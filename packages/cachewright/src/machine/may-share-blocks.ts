import { statfsSync } from "node:fs";

/**
 * File systems that share blocks between files on request (FICLONE) or find equal ones themselves: statfs(2) magics of
 * btrfs, xfs, bcachefs, zfs, ocfs2, overlayfs (passes it on), nfs, cifs. FIEMAP's "shared" flag says that somebody shares a
 * block, not who, and costs a program for each file: so it is not asked.
 */
const sharing = new Set([0x9123683e, 0x58465342, 0xca451a4e, 0x2fc12fc1, 0x7461636f, 0x794c7630, 0x6969, 0xff534d42, 0xfe534d42]);

export function mayShareBlocks(root: string): boolean {
  if (process.platform === "darwin") return true;
  if (process.platform !== "linux") return false;
  try {
    return sharing.has(statfsSync(root).type);
  } catch {
    return false;
  }
}
