import type { FileType } from "./machine.ts";

/** What must still hold of an object at the moment it is touched. */
export interface Guard {
  type: FileType;
  /** Decimal: neither fits a double on every file system. */
  dev: string;
  ino: string;
  uid: number;
  gid: number;
  /** 0o7777 */
  mode: number;
  nlink: number;
  /** Mount id of /proc/self/fdinfo; null where it is not known. */
  mount: number | null;
}
