import { logOnlyProblem } from "../log-only.ts";

export const problem = logOnlyProblem({ id: "keyring-unavailable", severity: "error", tools: ["pip", "poetry", "pdm", "hatch", "uv"] }, {
  "unlock": ["dbus-run-session -- sh", "gnome-keyring-daemon --unlock"],
  "null-backend": ["PYTHON_KEYRING_BACKEND=keyring.backends.null.Keyring poetry install"],
  "off": ["poetry config keyring.enabled false", "pip install --keyring-provider disabled PACKAGE"],
});
