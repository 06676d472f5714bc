import type { Facts } from "../../facts/facts.ts";
import { mountOfPath } from "../../facts/mounts.ts";
import { allCaches, everyTool } from "../caches.ts";
import { nearestPresent } from "../look-up.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";

/** File systems of other machines, and those that a program or a host serves (mount(8), proc_filesystems(5)). */
const remote = /^(?:nfs4?|cifs|smb3|smbfs|ncpfs|afs|ceph|lustre|gpfs|beegfs|glusterfs|orangefs|pvfs2|9p|vboxsf|prl_fs|drvfs|fuse\.(?:sshfs|rclone|s3fs|gcsfuse|blobfuse2?|glusterfs|ceph|davfs2?|juicefs|mergerfs|vmhgfs-fuse|portal|gvfsd-fuse))$/;
const shared = /^(?:9p|vboxsf|prl_fs|drvfs|fuse\.vmhgfs-fuse)$/;

function detect(facts: Facts): Finding[] {
  return allCaches(facts).flatMap(({ path, users }): Finding[] => {
    const mount = mountOfPath(facts, nearestPresent(facts, path).path);
    if (mount === undefined || !remote.test(mount.type)) return [];
    return [{
      problem: "cache-on-network-filesystem", severity: "note", subject: path,
      evidence: [{ says: `${path} lies on ${mount.type} (${mount.source}, mounted at ${mount.point})`, from: { path: "/proc/self/mountinfo", line: mount.line } }],
      params: { path, pip: users, type: mount.type, point: mount.point, variant: shared.test(mount.type) ? "host" : "network" },
    }];
  });
}

function remedies(): Remedy[] {
  return [{ id: "local-place", needs: "user", steps: [], shown: ["python3 -m pip config set global.cache-dir /PATH/ON/A/LOCAL/DISK"] }];
}

/** Asked only: homes of computing centres and of virtual machines are like this, and pip works on them. */
export const problem: Problem = { id: "cache-on-network-filesystem", severity: "note", tools: everyTool, when: "asked", detect, remedies };
