import { comparePipVersions } from "../pip/version.ts";

/** conda's and mamba's own version numbers ("4.12.0", "26.7.1", "2.8.1", "4.6.0b1") are ordered as pip's are. */
export const compareCondaVersions: (a: string, b: string) => number = comparePipVersions;

export function condaAtLeast(version: string, least: string): boolean {
  return compareCondaVersions(version, least) >= 0;
}
