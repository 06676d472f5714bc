import type { ProblemMessages } from "../message.ts";

const aboutTools = /\bpoetry\b|\bpip3?\b|\bpdm\b|\bhatch\b|\btwine\b|\buv\b|keyring/i;

export const messages: ProblemMessages = {
  messages: [
    {
      // secretstorage and jeepney, by way of `keyring`: the dialog was not answered, or there is no screen for it.
      id: "not-unlocked", tool: "keyring", trigger: "Failed to unlock the", pattern: /Failed to unlock the (?:collection|item|keyring)/,
      example: "Failed to unlock the collection!",
    },
    {
      id: "class", tool: "keyring", trigger: ["KeyringLocked", "NoKeyringError", "KeyringError", "InitError"], pattern: /\bkeyring\.errors\.(?:KeyringLocked|NoKeyringError|KeyringError|InitError|PasswordSetError)\b/, rank: 1,
      example: "keyring.errors.NoKeyringError: No recommended backend was available. Install a recommended 3rd party backend package; or, install the keyrings.alt package if you want to use the non-recommended backends.",
    },
    {
      // poetry and others print the class without its module.
      id: "class-alone", tool: "poetry", trigger: ["KeyringLocked", "NoKeyringError", "KeyRingError", "KeyringError", "InitError"], pattern: /^\s{0,12}(?:KeyringLocked|NoKeyringError|KeyRingError|(?:Poetry)?KeyringError|InitError)\s{0,4}:?\s{0,4}(?:$|[A-Z])/,
      context: /keyring|SecretService|unlock|collection/i,
      example: "  KeyringLocked\n\n  Failed to unlock the collection!",
    },
    {
      id: "no-backend", tool: "keyring", trigger: "No recommended backend was available", pattern: /No recommended backend was available\. Install/,
      example: "No recommended backend was available. Install a recommended 3rd party backend package; or, install the keyrings.alt package if you want to use the non-recommended backends. See https://pypi.org/project/keyring for details.",
    },
    {
      // pip 23.1 and later: it goes on without the keyring (network/auth.py).
      id: "pip-skipped", tool: "pip", trigger: "Keyring is skipped due to an exception", weight: "notice", pattern: /Keyring is skipped due to an exception: .{0,1000}/,
      example: "WARNING: Keyring is skipped due to an exception: Failed to unlock the collection!",
    },
    {
      id: "poetry-store", tool: "poetry", trigger: ["from the keyring", "in the key ring", "in the keyring", "from the key ring"],
      pattern: /(?:Unable to (?:store|retrieve|delete|access) .{1,200} (?:in|from) the key ?ring|Error accessing the key ?ring)/i,
      example: "Unable to store the password for poetry-repository-foo in the key ring",
    },
    {
      // jeepney and dbus: no session bus in a container or over ssh.
      id: "no-session", tool: "keyring", trigger: ["org.freedesktop.secrets", "org.freedesktop.Secret"], pattern: /org\.freedesktop\.(?:secrets|Secret\.\w{1,40})/, context: /keyring|secretstorage|jeepney|SecretService/i,
      notContext: /code --|electron/i,
      example: "secretstorage.exceptions.SecretServiceNotAvailableException: The name org.freedesktop.secrets was not provided by any .service files",
    },
    {
      id: "jeepney-auth", tool: "keyring", trigger: ["DBUS_SESSION_BUS_ADDRESS", "jeepney.wrappers.DBusErrorResponse"], pattern: /DBUS_SESSION_BUS_ADDRESS|jeepney\.wrappers\.DBusErrorResponse/, context: aboutTools, rank: -1,
      example: "KeyError: 'DBUS_SESSION_BUS_ADDRESS'\n  File \"/usr/lib/python3/dist-packages/keyring/backends/SecretService.py\", line 42, in get_preferred_collection",
    },
    {
      id: "macos", tool: "keyring", trigger: "Can't get password from keychain", pattern: /Can't (?:get|store|fetch) password (?:from|on|in) keychain: ?(?<code>.{0,200})/,
      example: "keyring.errors.KeyringError: Can't get password from keychain: (-25293, 'Unknown Error')",
    },
  ],
};
