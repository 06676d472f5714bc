/** pip skips a settings file that it cannot read and says nothing; other tools that read the same files complain. */
import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = {
  messages: [
    {
      id: "virtualenv-ini", tool: "virtualenv", trigger: "failed to read config file ", rank: 7,
      pattern: /failed to read config file (?<path>[^\n]{1,4096}?) because (?:PermissionError|OSError|IsADirectoryError)\(/,
      example: "ERROR:root:failed to read config file /home/ada/.config/virtualenv/virtualenv.ini because PermissionError(13, 'Permission denied')",
    },
  ],
  claims: [
    {
      errno: ["EACCES"], rank: 92,
      path: /(?:^|[/\\])(?:pip[/\\]pip\.(?:conf|ini)|\.pip[/\\]pip\.conf|pip\.conf|pip\.ini|uv[/\\]uv\.toml|pypoetry[/\\](?:config|auth)\.toml|(?:pdm|hatch)[/\\]config\.toml|poetry\.toml|\.?pdm\.toml|\.pypirc|\.pydistutils\.cfg)$/,
      notContext: /writing to the configuration file|Unable to save configuration|\bWriting to\b|\bpip config (?:--\w+ )?(?:set|unset|edit)\b/,
      alsoPossible: ["tool-dir-not-writable"],
      example: "error: failed to open file `/home/ada/.config/uv/uv.toml`: Permission denied (os error 13)",
    },
  ],
};
