/** uv 0.13: uv-dirs, uv-cache. */
import type { Statement } from "./statement.ts";

const tool = "uv";

export const uvStatements: readonly Statement[] = [
  { id: "uv-cache-dir-variable", tool, says: "`UV_CACHE_DIR` moves uv's cache, whatever stands in files", verdict: "true", ask: { of: "setting", key: "cache-dir", given: { env: { UV_CACHE_DIR: "/v" }, files: { "/home/me/.config/uv/uv.toml": 'cache-dir = "/mine"\n' } } }, answer: "/v" },
  { id: "uv-cache-dir-empty", tool, says: "`UV_CACHE_DIR=` is as good as not set", verdict: "wrong", truth: "Every command ends with it.", ask: { of: "complaint", key: "cache-dir", given: { env: { UV_CACHE_DIR: "" } } }, answer: "a value is required for '--cache-dir <CACHE_DIR>' but none was supplied" },
  { id: "uv-cache-dir-tilde", tool, says: "`UV_CACHE_DIR=~/c` is in the home", verdict: "wrong", truth: "uv expands nothing: where the shell has not done so (quotes, a Dockerfile, a CI setting), it is a directory called `~`.", ask: { of: "cache", given: { env: { UV_CACHE_DIR: "~/c" } } }, answer: "/w/~/c" },
  { id: "uv-cache-linux", tool, says: "uv's cache is `~/.cache/uv` on Linux", verdict: "true", ask: { of: "cache" }, answer: "/home/me/.cache/uv" },
  { id: "uv-cache-macos", tool, says: "uv's cache is `~/Library/Caches/uv` on macOS", verdict: "wrong", truth: "It is `~/.cache/uv` there, too.", ask: { of: "cache", given: { on: "darwin" } }, answer: "/Users/me/.cache/uv" },
  { id: "uv-cache-macos-old", tool, says: "uv's cache is never `~/Library/Caches/uv` on macOS", verdict: "wrong", truth: "While one of an old uv is there, it is used.", ask: { of: "cache", given: { on: "darwin", files: { "/Users/me/Library/Caches/uv": null } } }, answer: "/Users/me/Library/Caches/uv" },
  { id: "uv-cache-windows", tool, says: "uv's cache is `%LOCALAPPDATA%\\uv\\cache` on Windows", verdict: "true", ask: { of: "cache", given: { on: "win32" } }, answer: "C:\\Users\\me\\AppData\\Local\\uv\\cache" },
];
