/**
 * What images that many Dockerfiles begin from bring along: whose they run as, and settings of the tools in them. Of an
 * image that is not here nothing is known, and nothing is said that hangs on it.
 */
import { rootAccount } from "../shell/unwrap.ts";
import { officialImages } from "./official-images.ts";
import type { Account, Variable } from "../source.ts";

export interface ImageFacts {
  readonly account: Account;
  readonly variables: ReadonlyMap<string, Variable>;
  readonly shell: "posix" | "other";
  /** Windows, or nothing known. */
  readonly known: boolean;
}

const unknown: Account = { user: undefined, uid: undefined, home: undefined };

interface Row {
  readonly matches: RegExp;
  readonly account: Account;
  readonly sets?: Readonly<Record<string, string>>;
}

const rows: readonly Row[] = [
  { matches: /^(?:quay\.io\/)?jupyter\//, account: { user: "jovyan", uid: 1000, home: "/home/jovyan" } },
  { matches: /^(?:ghcr\.io\/)?mamba-?org\/micromamba$/, account: { user: "mambauser", uid: 57439, home: "/home/mambauser" } },
  // sclorg/s2i-python-container: PIP_NO_CACHE_DIR=off, which pip takes for "no cache" as any other truth value.
  { matches: /^(?:registry\.(?:access\.)?redhat\.(?:com|io)\/)?(?:ubi\d+|rhscl|centos|sclorg)\/python-\d/, account: { user: "1001", uid: 1001, home: "/opt/app-root/src" }, sets: { PIP_NO_CACHE_DIR: "off" } },
  { matches: /^cimg\//, account: { user: "circleci", uid: 3434, home: "/home/circleci" } },
  { matches: /^gitpod\//, account: { user: "gitpod", uid: 33333, home: "/home/gitpod" } },
  { matches: /^apache\/airflow$/, account: { user: "airflow", uid: 50000, home: "/home/airflow" } },
  {
    matches: /^(?:nvidia\/cuda|nvcr\.io\/nvidia\/(?:cuda|pytorch)|continuumio\/|condaforge\/|ghcr\.io\/astral-sh\/uv|public\.ecr\.aws\/(?:docker\/library|lambda)\/|rocm\/|pytorch\/pytorch|tensorflow\/tensorflow|quay\.io\/pypa\/|mcr\.microsoft\.com\/(?:playwright|devcontainers)|amazonlinux)/,
    account: rootAccount,
  },
];

/** `registry/name:tag@digest`; official images have no owner. */
export function imageFacts(image: string | undefined): ImageFacts {
  const none = { account: unknown, variables: new Map(), shell: "posix" as const, known: false };
  if (image === undefined) return none;
  const name = nameOf(image);
  if (/^mcr\.microsoft\.com\/(?:windows|dotnet\/framework)|nanoserver|servercore|windowsservercore/.test(image)) return { ...none, shell: "other" };
  const row = rows.find(({ matches }) => matches.test(name));
  if (row !== undefined) {
    return { account: row.account, shell: "posix", known: true, variables: new Map(Object.entries(row.sets ?? {}).map(([key, value]) => [key, { value, range: undefined, from: "image" }])) };
  }
  return officialImages.has(name) ? { account: rootAccount, variables: new Map(), shell: "posix", known: true } : none;
}

/** Their Dockerfiles (docker-library, and the distributions' own) are known to have no `ENV HOME`. Of others nobody knows. */
export function setsNoHome(image: string): boolean {
  return /^(?:python|pypy|buildpack-deps|debian|ubuntu|alpine|fedora|almalinux|rockylinux|amazonlinux|archlinux)$/.test(nameOf(image));
}

/** Without tag, digest and Docker's own registry. */
export function nameOf(image: string): string {
  const bare = image.replace(/@.*$/, "").replace(/:[^/:]*$/, "");
  return bare.replace(/^(?:docker\.io|registry-1\.docker\.io|index\.docker\.io)\//, "").replace(/^library\//, "");
}
