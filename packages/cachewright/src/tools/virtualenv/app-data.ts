/** What lies in virtualenv's app data. All of it can be made again, but environments may point into it. */
import { join } from "node:path";
import type { Looker } from "../../machine/machine.ts";

export interface VirtualenvEntry {
  /** "wheel": a wheel to seed from. "image": one unpacked, into which environments made with symlink_app_data point. "embed": what is known of newer ones. */
  readonly kind: "wheel" | "image" | "embed" | "interpreter" | "unzip";
  readonly name: string;
  readonly path: string;
}

/** `py_info/<n>/*.json`, `wheel/house/*.whl`, `wheel/<python>/image/<n>/<how>/<wheel>`, `wheel/<python>/embed/<n>/*.json`, `unzip/<version>`. */
export function virtualenvEntries(looker: Looker, appData: string): VirtualenvEntry[] {
  const names = (path: string): string[] => {
    const entries = looker.list(join(appData, path));
    return entries.ok ? entries.value.map(({ name }) => name).filter((name) => !name.endsWith(".lock")).toSorted() : [];
  };
  const entries = (kind: VirtualenvEntry["kind"], directory: string, shape: RegExp = /./): VirtualenvEntry[] =>
    names(directory).filter((name) => shape.test(name)).map((name) => ({ kind, name, path: join(appData, directory, name) }));
  const pythons = names("wheel").filter((name) => /^\d/.test(name));
  return [
    ...names("py_info").filter((name) => /^\d+$/.test(name)).flatMap((number) => entries("interpreter", `py_info/${number}`, /\.json$/)),
    ...entries("wheel", "wheel/house", /\.whl$/),
    ...pythons.flatMap((python) => [
      ...names(`wheel/${python}/image`).flatMap((number) => names(`wheel/${python}/image/${number}`).flatMap((how) => entries("image", `wheel/${python}/image/${number}/${how}`))),
      ...names(`wheel/${python}/embed`).flatMap((number) => entries("embed", `wheel/${python}/embed/${number}`, /\.json$/)),
    ]),
    ...entries("unzip", "unzip"),
  ];
}
