/** uv-cache lib.rs `Cache::init`, 0.1 to 0.13.9. The path of the cause decides; uv writes its own relative to the working directory. */
import type { ErrorClaim, ProblemMessages } from "../message.ts";

const scaffold = String.raw`(?:\.lock|\.gitignore|CACHEDIR\.TAG|\.tmp[A-Za-z0-9]{6}|(?:sdists|built-wheels)-v\d{1,3}(?:\/\.git(?:ignore)?)?)`;

const claims: readonly ErrorClaim[] = [
  {
    // Of a move the other path is the one that refuses.
    errno: ["EACCES"], rank: 81, line: /^(?!.*failed to (?:rename|hardlink|copy|symlink))/,
    path: new RegExp(String.raw`^(?<root>.{0,4096}?(?:(?:^|\/)\.cache|\/Library\/Caches)\/uv)(?:\/${scaffold})?$`),
    alsoPossible: ["cache-write-denied", "parent-not-searchable", "acl-denied", "home-missing"],
    example: "error: failed to open file `/home/ada/.cache/uv/sdists-v9/.git`: Permission denied (os error 13)",
  },
  {
    // A cache of any name: nothing but uv has such directories.
    errno: ["EACCES"], rank: 81,
    path: /^(?<root>.{1,4096})\/(?:sdists|built-wheels)-v\d{1,3}(?:\/\.git(?:ignore)?)?$/,
    alsoPossible: ["shared-cache-modes", "acl-denied", "bind-mount-owner"],
    example: "error: failed to open file `/srv/uv-cache/sdists-v9/.git`: Permission denied (os error 13)",
  },
  {
    errno: ["EACCES"], rank: 80, path: /^(?<root>.{1,4096}?)(?:\/(?:\.lock|CACHEDIR\.TAG|\.gitignore))?$/,
    // The lock of an environment, of the tools and of the Pythons is called so too.
    notPath: /\/(?:\.?venv|env|tools|python)\/\.lock$/,
    context: /Failed to initialize cache at|^(?:error: )?Could not acquire lock\s*$/m,
    line: /failed to (?:create directory|open file|create file|write to file)|at path "/,
    alsoPossible: ["shared-cache-modes", "acl-denied", "parent-not-searchable"],
    example: "error: Failed to initialize cache at `/srv/team/uv`\n  Caused by: failed to create directory `/srv/team/uv`: Permission denied (os error 13)",
  },
];

export const messages: ProblemMessages = {
  messages: [
    {
      // The next line says why, and has the whole path.
      id: "init", tool: "uv", since: "0.9.26", trigger: "Failed to initialize cache at", rank: -1,
      pattern: /Failed to initialize cache at `(?<cache>[^`\n]{1,4096})`/,
      consequenceOf: [
        "home-missing", "read-only-filesystem", "disk-full", "tmp-full", "tmp-not-writable", "inode-exhausted", "quota-exceeded", "immutable-file", "acl-denied", "bind-mount-owner",
        "buildkit-cache-mount-owner", "access-denied-windows", "antivirus-or-policy-block", "file-name-too-long", "path-too-long-windows", "file-lock-unsupported", "link-not-permitted", "selinux-denied",
        "confined-sandbox", "parent-not-searchable", "shared-cache-modes", "uv-path-literal",
      ],
      example: "error: Failed to initialize cache at `.cache/uv`",
    },
  ],
  claims,
};
