import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = {
  messages: [
    {
      // exceptions.py HashMismatch, 8.0 to today; pipenv puts its own file's name in.
      id: "do-not-match", tool: "pip", since: "8.0",
      trigger: "DO NOT MATCH THE HASHES", pattern: /THESE PACKAGES DO NOT MATCH THE HASHES FROM/,
      alsoPossible: ["cache-corrupt"],
      example: "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE. If you have updated the package versions, please update the hashes. Otherwise, examine the package contents carefully; someone may have tampered with them.",
    },
    {
      id: "uv-hash-mismatch", tool: "uv",
      trigger: "Hash mismatch for `", pattern: /Hash mismatch for `(?<package>[^`]{1,400})`/,
      example: "  Caused by: Hash mismatch for `wpkg==1.0`",
    },
    {
      id: "poetry-hash-mismatch", tool: "poetry",
      trigger: "not found in known hashes", pattern: /Hash for \S{1,200} .{0,400}not found in known hashes/,
      example: "  Hash for wpkg (1.0) from archive wpkg-1.0-py3-none-any.whl not found in known hashes (was: sha256:6a3f)",
    },
  ],
};
