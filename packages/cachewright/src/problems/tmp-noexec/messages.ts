import type { ProblemMessages } from "../message.ts";

/** What runs a build: pip's and setuptools' own directories of unpacked sources. */
const building = /pip-(?:install|req-build|build-env|wheel|build)-|easy_install-|_in_process\.py|pep517|running (?:build|egg_info)|_execute_child|_posix_spawn/;

export const messages: ProblemMessages = {
  messages: [
    {
      // uvx and `uv run` start programs from the cache; the file is there, and may not be run.
      id: "uv-spawn", tool: "uv", trigger: "Failed to spawn: ", pattern: /Failed to spawn: `?(?<program>[^`\n]{1,300}?)`?\s*$/,
      context: /Permission denied \(os error 13\)/, alsoPossible: ["script-not-executable", "acl-denied"],
      example: "error: Failed to spawn: `ruff`\n  Caused by: Permission denied (os error 13)",
    },
    {
      // mmap(2) with PROT_EXEC, in glibc's words. Where a terminal has broken the path, the claim below reads on.
      id: "failed-to-map", tool: "glibc", trigger: "failed to map segment",
      pattern: /(?:^|[\s:'"])(?<path>\/[^\s:'"]{1,4096}): failed to map segment/,
      alsoPossible: ["selinux-denied"],
      example: "ImportError: /tmp/demo/_cffi_backend.so: failed to map segment from shared object: Operation not permitted",
    },
  ],
  claims: [
    {
      errno: ["EPERM"], rank: 96, line: /failed to map segment/,
      alsoPossible: ["selinux-denied"],
      example: "error while loading shared libraries: libz.so.1: failed to map segment from shared object",
    },
    {
      // execve(2) of what was just unpacked: the file has its x bit, and the mount forbids it.
      errno: ["EACCES"], rank: 88,
      path: /^(?:\.\/(?:configure|autogen\.sh|bootstrap(?:\.sh)?|config[\w.-]{0,40}|build[\w.-]{0,40})|(?:\/[^/\n]{1,255}){0,12}\/pip-(?:install|req-build|build-env|build)-[\w-]{6,60}\/[^\n]{1,400}\/(?:configure|bin\/[\w.-]{1,60}))$/,
      context: building, notContext: /\bopen\(|mkdir|could not create|copyfile|unlink/,
      alsoPossible: ["script-not-executable"],
      example: "  File \"/tmp/pip-install-wcr7zxyf/demo/backend.py\", line 6, in build_wheel\n    subprocess.check_call(['./configure'])\nPermissionError: [Errno 13] Permission denied: './configure'",
    },
  ],
};
