/** Name and version out of METADATA or PKG-INFO: mail headers (PEP 314, core metadata), of which the first lines are enough. */

/** Every header of that name, in order; a continued line is cut at its end. */
export function headersOf(text: string, name: string): string[] {
  const wanted = `${name.toLowerCase()}:`;
  const found: string[] = [];
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf("\n", at);
    const line = text.slice(at, end < 0 ? text.length : end);
    at += line.length + 1;
    if (line.trim() === "") break;
    if (line.length > wanted.length && line.slice(0, wanted.length).toLowerCase() === wanted) found.push(line.slice(wanted.length).trim());
  }
  return found;
}

const plainName = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,250}[A-Za-z0-9])?$/;
/** PEP 440 and what was there before it: no blank, no separator of paths or lists. */
const plainVersion = /^[A-Za-z0-9][A-Za-z0-9.!+_-]{0,120}$/;

export interface Named { readonly project: string; readonly version: string }

/** undefined where either is missing or is none. */
export function namedIn(text: string): Named | undefined {
  const [project, version] = [headersOf(text, "Name")[0], headersOf(text, "Version")[0]];
  return project !== undefined && version !== undefined && isProjectName(project) && plainVersion.test(version) ? { project, version } : undefined;
}

export function isProjectName(text: string): boolean {
  return plainName.test(text);
}

/** `name-1.0`: as a source distribution's top directory and its file are named. */
export function namedByStem(stem: string): Named | undefined {
  for (let at = stem.lastIndexOf("-"); at > 0; at = stem.lastIndexOf("-", at - 1)) {
    const [project, version] = [stem.slice(0, at), stem.slice(at + 1)];
    if (/^\d/.test(version) && plainName.test(project) && plainVersion.test(version)) return { project, version };
  }
  return undefined;
}

/** PEP 503. */
export function normalizedName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, "-");
}
