import type { ProblemMessages } from "../message.ts";

/** uv says nothing of a cache that is off, but where links would lead into it. */
export const messages: ProblemMessages = {
  messages: [
    {
      id: "links-into-no-cache", tool: "uv", weight: "notice", trigger: "installation is not supported with `--no-cache`",
      pattern: /Symlink-based installation is not supported with `--no-cache`/,
      example: "warning: Symlink-based installation is not supported with `--no-cache`. The created environment will be rendered unusable by the removal of the cache.",
    },
  ],
};
