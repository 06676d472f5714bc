import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = {
  messages: [],
  claims: [
    {
      // The archive that is fetched, or what becomes of it, in a cache whose urls.txt promised too much.
      errno: ["EACCES"], rank: 84,
      path: /^(?<root>.{1,2048}\/pkgs)\/[^/]{1,255}-[^-/]{1,100}-[^-/]{1,100}(?:\.conda|\.tar\.bz2)(?:\.partial)?$/,
      notContext: /InvalidArchiveError/,
      alsoPossible: ["conda-no-writable-pkgs-dir", "conda-not-writable-file"],
      example: "[Errno 13] Permission denied: '/opt/conda/pkgs/zlib-1.3.1-h5eee18b_0.conda'",
    },
  ],
};
