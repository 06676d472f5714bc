/** What kind of file a name stands for. */
import type { Kind } from "./source.ts";

export const kinds: readonly Kind[] = ["dockerfile", "shell", "gitlab-ci", "workflow", "action"];

/** Endings behind `Dockerfile.` that make it something else: a template, notes, a program. */
const others = /\.(?:j2|jinja2?|tmpl|tpl|template|erb|mustache|in|md|rst|txt|py|rb|go|vim|js|ts|json|ya?ml|toml|orig|rej|bak|swp|lock|dockerignore|containerignore|sha256|sig)$/i;

/** `path` with `/`; undefined where the name says nothing. */
export function kindByName(path: string): Kind | undefined {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (/^(?:dockerfile|containerfile)(?:[._-].+)?$/i.test(name) && !others.test(name)) return "dockerfile";
  if (/\.(?:dockerfile|containerfile)$/i.test(name)) return "dockerfile";
  if (/(?:^|\.)gitlab-ci\.ya?ml$/i.test(name)) return "gitlab-ci";
  if (/(?:^|\/)\.(?:github|gitea|forgejo)\/workflows\/[^/]+\.ya?ml$/.test(path)) return "workflow";
  if (/^action\.ya?ml$/.test(name)) return "action";
  return /\.(?:sh|bash|ash|dash)$/.test(name) ? "shell" : undefined;
}

/** A file without an ending may be a script: its first line says so. */
export function mayHaveShebang(path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return !name.includes(".") && /^[\w-]+$/.test(name);
}

export function kindByShebang(start: string): Kind | undefined {
  return /^#!\s*(?:\S*\/)?(?:env\s+(?:-S\s+)?)?(?:\S*\/)?(?:sh|bash|dash|ash)(?:\s|$)/.test(start) ? "shell" : undefined;
}
