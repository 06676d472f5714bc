import { redact } from "../machine/redact.ts";

/** Variables that decide where tools read and write. Everything else of the environment is left alone. */
const names = /^(?:HOME|USER|LOGNAME|PATH|SHELL|TMPDIR|TEMP|TMP|LANG|LC_[A-Z]+|XDG_[A-Z_]+|PIP_[A-Z0-9_]+|pip_(?:no_)?cache_dir|PYTHON[A-Z0-9_]*|VIRTUAL_ENV|CONDA_[A-Z_]+|MAMBA_[A-Z_]+|PIXI_[A-Z_]+|RATTLER_[A-Z_]+|PYENV_[A-Z]+|PIPX_[A-Z_]+|UV_[A-Z_]+|SUDO_(?:UID|GID|USER)|KUBERNETES_SERVICE_HOST|container|CI|APPDATA|LOCALAPPDATA|WIN_PD_[A-Z_]+)$/;
const secretNames = /PASS|TOKEN|SECRET|KEY|CREDENTIAL|AUTH/;

/** A proxy may be written without a scheme, `me:secret@proxy:3128`, which no rule for URLs knows. */
function withoutCredentials(name: string, value: string): string {
  return name.endsWith("PROXY") ? value.replace(/^([a-z][a-z0-9+.-]*:\/\/)?.*@/i, "$1***@") : value;
}

/** The variables facts keep, with secrets taken out by name and by shape. */
export function keptEnvironment(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of Object.keys(env).sort()) {
    const value = env[name];
    if (value === undefined || !names.test(name)) continue;
    kept[name] = secretNames.test(name) ? "***" : redact(withoutCredentials(name, value));
  }
  return kept;
}
