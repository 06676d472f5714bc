import type { ProblemMessages } from "../message.ts";

/** A cache mount of the step, without an owner of its own: BuildKit makes it root's. */
const mount = /--mount=type=cache,(?![^\s\n]{0,300}\buid=)/;

export const messages: ProblemMessages = {
  messages: [
    {
      id: "pip-cache-in-a-cache-mount", tool: "pip", rank: 3, weight: "notice",
      trigger: "or its parent directory is not owned", pattern: /directory '(?<path>\/[^'\n]{1,4096})' or its parent directory is not owned or is not writable by the current user/,
      context: mount, notContext: /\bUSER root\b/, alsoPossible: ["cache-not-owned"],
      example: "#9 [5/6] RUN --mount=type=cache,target=/home/app/.cache/pip pip install -r requirements.txt\n#9 0.71 WARNING: The directory '/home/app/.cache/pip' or its parent directory is not owned or is not writable by the current user. The cache has been disabled. Check the permissions and owner of that directory. If executing pip with sudo, you should use sudo's -H flag.",
    },
  ],
  claims: [
    {
      errno: ["EACCES"], rank: 97, path: /(?:^|\/)(?:\.?cache|Caches|\.npm|\.conda|pkgs)(?:\/|$)|[-_.]cache(?:\/|$)/i, context: mount,
      alsoPossible: ["cache-write-denied", "home-missing"],
      example: "#17 [7/9] RUN --mount=type=cache,target=/home/app/.cache/uv uv sync\n#17 0.658 error: failed to create directory `/home/app/.cache/uv/sdists-v9`: Permission denied (os error 13)",
    },
  ],
};
