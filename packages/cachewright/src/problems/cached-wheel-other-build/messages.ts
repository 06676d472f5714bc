import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = {
  messages: [
    {
      // pycurl compares what it was built with to the libcurl it meets (src/module.c); a cached wheel is the usual way to differ.
      id: "pycurl-ssl-backend", tool: "pycurl", trigger: "is different from compile-time ssl backend",
      pattern: /(?<project>pycurl): libcurl link-time ssl backend \([^)\n]{0,200}\) is different from compile-time ssl backend/,
      example: "ImportError: pycurl: libcurl link-time ssl backend (openssl) is different from compile-time ssl backend (none/other)",
    },
    {
      id: "pycurl-ssl-backends", tool: "pycurl", trigger: "do not include compile-time ssl backend",
      pattern: /(?<project>pycurl): libcurl link-time ssl backends? \([^)\n]{0,200}\) do not include compile-time ssl backend/,
      example: "ImportError: pycurl: libcurl link-time ssl backends (secure-transport, openssl) do not include compile-time ssl backend (none/other)",
    },
    {
      id: "pycurl-version", tool: "pycurl", trigger: "is older than compile-time version",
      pattern: /(?<project>pycurl): libcurl link-time version \([^)\n]{1,64}\) is older than compile-time version/,
      example: "ImportError: pycurl: libcurl link-time version (7.58.0) is older than compile-time version (7.68.0)",
    },
  ],
};
