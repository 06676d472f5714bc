/** What the login shells people have read when they start (bash(1), INVOCATION; zsh(1), STARTUP/SHUTDOWN FILES; dash(1)). */
const filesOf: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ["bash", [".bash_profile", ".bash_login", ".profile"]],
  ["zsh", [".zshenv"]],
  ...["sh", "dash", "ksh"].map((shell) => [shell, [".profile"]] as [string, readonly string[]]),
]);

/** All of them, below the home. */
export const loginShellFiles: readonly string[] = [...new Set([...filesOf.values()].flat())];

/**
 * The name of the file that a login shell reads: the first that is there, else the last, which every shell of its kind
 * understands. Undefined for shells with another syntax.
 */
export function loginShellFile(shell: string, exists: (name: string) => boolean): string | undefined {
  const names = filesOf.get(shell);
  return names?.find(exists) ?? names?.at(-1);
}
