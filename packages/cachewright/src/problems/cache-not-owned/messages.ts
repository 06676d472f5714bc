/** Texts of pip's ownership check: reference of pip 6.0.4 to 26.3, `cli/base_command.py`, before 20.0 `download.py`. */
import type { Message, ProblemMessages } from "../message.ts";

/** `root` is the cache itself; before 20.0 the parts below it were checked and named one by one. */
const head = String.raw`The directory '(?<path>(?<root>(?:(?!The directory ').){1,4096}?)(?:/(?:http|log))?)' or its parent directory`;

const common = {
  tool: "pip",
  trigger: ["The directory '", "or its parent directory"],
  weight: "notice",
  alsoPossible: ["sudo-home", "home-missing", "read-only-filesystem", "bind-mount-owner", "acl-denied", "parent-not-searchable"],
} satisfies Partial<Message>;

export const messages: ProblemMessages = {
  messages: [
    {
      ...common, id: "log-disabled-6.0", since: "6.0.4", until: "6.1.1",
      pattern: new RegExp(`${head} is not owned by the current user and the debug log has been disabled`),
      example: "The directory '/home/ada/.cache/pip/log' or its parent directory is not owned by the current user and the debug log has been disabled. Please check the permissions and owner of that directory. If executing pip with sudo, you may want the -H flag.",
    },
    {
      ...common, id: "http-disabled-6.0", since: "6.0.4", until: "6.0.8",
      pattern: new RegExp(`${head} is not owned by the current user and the cache has been disabled\\. .{0,120}you may want the -H flag`),
      example: "The directory '/home/ada/.cache/pip/http' or its parent directory is not owned by the current user and the cache has been disabled. Please check the permissions and owner of that directory. If executing pip with sudo, you may want the -H flag.",
    },
    {
      ...common, id: "http-disabled-6.1", since: "6.1.0", until: "19.3.1",
      pattern: new RegExp(`${head} is not owned by the current user and the cache has been disabled`),
      example: "The directory '/Users/ada/Library/Caches/pip/http' or its parent directory is not owned by the current user and the cache has been disabled. Please check the permissions and owner of that directory. If executing pip with sudo, you may want sudo's -H flag.",
    },
    {
      ...common, id: "wheels-disabled-7.1", since: "7.1.1", until: "19.3.1",
      pattern: new RegExp(`${head} is not owned by the current user and caching wheels has been disabled`),
      example: "WARNING: The directory '/home/ada/.cache/pip' or its parent directory is not owned by the current user and caching wheels has been disabled. check the permissions and owner of that directory. If executing pip with sudo, you may want sudo's -H flag.",
    },
    {
      ...common, id: "cache-disabled-20.0", since: "20.0", until: "21.0.1",
      pattern: new RegExp(`${head} is not owned or is not writable by the current user\\. The cache has been disabled\\. .{0,120}you may want sudo`),
      example: "WARNING: The directory '/home/ada/.cache/pip' or its parent directory is not owned or is not writable by the current user. The cache has been disabled. Check the permissions and owner of that directory. If executing pip with sudo, you may want sudo's -H flag.",
    },
    {
      ...common, id: "cache-disabled-21.1", since: "21.1",
      pattern: new RegExp(`${head} is not owned or is not writable by the current user\\. The cache has been disabled\\. .{0,120}you should use sudo`),
      example: "WARNING: The directory '/root/.cache/pip' or its parent directory is not owned or is not writable by the current user. The cache has been disabled. Check the permissions and owner of that directory. If executing pip with sudo, you should use sudo's -H flag.",
    },
    {
      ...common, id: "cut-short", since: "6.0.4",
      pattern: new RegExp(`${head}\\b`),
      example: "WARNING: The directory '/srv/ci/it's ours/pip' or its parent directory is not owned or is not writable by the curr",
    },
    {
      // The words of the line above where the paste begins in the middle of it.
      ...common, id: "cut-head", rank: -1,
      pattern: /^[^~/\n]{0,20}'?(?<path>(?<root>(?:~|\/)[^'\n]{1,4096}?)(?:\/(?:http|log))?)' or its parent directory is not owned/,
      example: "irectory '/home/ada/.cache/pip' or its parent directory is not owned or is not writable by the current user. The cache has been disabled.",
    },
    {
      ...common, id: "cut-head-and-path", rank: -2,
      pattern: /^[^'\n]{0,4096}' or its parent directory is not owned/,
      example: "a/.cache/pip' or its parent directory is not owned or is not writable by the current user. The cache has been disabled.",
    },
  ],
};
