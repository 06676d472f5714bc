/** Start-up files of login shells, below the home; which of them counts is decided by which exist (bash(1), INVOCATION). */
export const shellFiles: readonly string[] = [".bash_profile", ".bash_login", ".profile", ".zshenv"];
