import { createHash } from "node:crypto";
import { spawnSync } from "node:child_process";
import { lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join, relative } from "node:path";

/** Everything undo promises to bring back, entry by entry: inode, type, owner, mode, names, exact time, bytes, ACL. */
export type Manifest = Record<string, string>;

const hasGetfacl = spawnSync("getfacl", ["--version"]).status === 0;

function contentOf(path: string, kind: string): string {
  if (kind === "l") return readlinkSync(path);
  if (kind !== "-") return "";
  // A sparse file of 10 GB is known by its size.
  const size = lstatSync(path).size;
  return size > 1 << 24 ? `${size}` : createHash("sha256").update(readFileSync(path)).digest("hex");
}

function aclsBelow(root: string): string {
  if (!hasGetfacl) return "";
  return spawnSync("getfacl", ["-Rcsnp", "--", root], { encoding: "utf8" }).stdout;
}

export function manifestOf(root: string): Manifest {
  const manifest: Manifest = {};
  const visit = (path: string): void => {
    const stat = lstatSync(path, { bigint: true });
    const kind = stat.isDirectory() ? "d" : stat.isSymbolicLink() ? "l" : stat.isFile() ? "-" : "s";
    const size = kind === "d" ? "" : stat.size;
    const nlink = kind === "d" ? "" : stat.nlink;
    manifest[relative(root, path) || "."] =
      `${kind} ${stat.ino} ${(stat.mode & 0o7777n).toString(8)} ${stat.uid}:${stat.gid} ${nlink} ${size} ${stat.mtimeNs} ${contentOf(path, kind)}`;
    if (kind === "d") for (const name of readdirSync(path)) visit(join(path, name));
  };
  visit(root);
  const acls = aclsBelow(root);
  if (acls !== "") manifest["(access control lists)"] = acls;
  return manifest;
}
