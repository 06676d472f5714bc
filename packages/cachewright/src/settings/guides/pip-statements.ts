/** pip 20.3 … 26.3: cli/parser.py, configuration.py, cmdoptions.py, vendored platformdirs. */
import type { Statement } from "./statement.ts";

const mine = (text: string): Record<string, string> => ({ "/home/me/.config/pip/pip.conf": text });
const tool = "pip";

const files: readonly Statement[] = [
  { id: "pip-conf-linux", tool, says: "`pip.conf` is `~/.config/pip/pip.conf` on Linux", verdict: "true", ask: { of: "own-file" }, answer: "/home/me/.config/pip/pip.conf" },
  { id: "pip-conf-old", tool, says: "the old `~/.pip/pip.conf` is no longer read", verdict: "wrong", truth: "It is read, and `~/.config/pip/pip.conf` is stronger.", ask: { of: "setting", key: "cache-dir", given: { files: { "/home/me/.pip/pip.conf": "[global]\ncache-dir = /old\n" } } }, answer: "/old" },
  { id: "pip-conf-macos", tool, says: "`pip.conf` is `~/Library/Application Support/pip/pip.conf` on macOS", verdict: "partly", truth: "Only when that directory is there.", ask: { of: "own-file", given: { on: "darwin", files: { "/Users/me/Library/Application Support/pip": null } } }, answer: "/Users/me/Library/Application Support/pip/pip.conf" },
  { id: "pip-conf-macos-config", tool, says: "a Mac has no `~/.config/pip/pip.conf`", verdict: "wrong", truth: "It has, when the directory in `~/Library` is not there.", ask: { of: "own-file", given: { on: "darwin" } }, answer: "/Users/me/.config/pip/pip.conf" },
  { id: "pip-ini-windows", tool, says: "on Windows it is `%APPDATA%\\pip\\pip.ini`", verdict: "true", ask: { of: "own-file", given: { on: "win32" } }, answer: "C:\\Users\\me\\AppData\\Roaming\\pip\\pip.ini" },
  { id: "pip-conf-everywhere", tool, says: "the file's name is `pip.conf` everywhere", verdict: "wrong", truth: "It is `pip.ini` on Windows, and no `pip.conf` is read there.", ask: { of: "files", given: { on: "win32" } }, answer: ["C:\\ProgramData\\pip\\pip.ini", "C:\\Users\\me\\pip\\pip.ini", "C:\\Users\\me\\AppData\\Roaming\\pip\\pip.ini", "C:\\base\\pip.ini"] },
  { id: "etc-pip-conf", tool, says: "`/etc/pip.conf` is for everybody", verdict: "true", ask: { of: "setting", key: "cache-dir", given: { files: { "/etc/pip.conf": "[global]\ncache-dir = /all\n" } } }, answer: "/all" },
  { id: "pip-conf-environment", tool, says: "an environment's own `pip.conf` is weaker than mine", verdict: "wrong", truth: "It is stronger.", ask: { of: "setting", key: "cache-dir", given: { files: { ...mine("[global]\ncache-dir = /mine\n"), "/opt/base/pip.conf": "[global]\ncache-dir = /env\n" } } }, answer: "/env" },
  { id: "pip-config-debug-order", tool, says: "`pip config debug` lists files from the weakest to the strongest", verdict: "wrong", truth: "It lists by the alphabet (env, global, site, user); what counts is global, user, site, and the file that `PIP_CONFIG_FILE` names, the last being the strongest.", ask: { of: "scopes", given: { env: { PIP_CONFIG_FILE: "/my.conf" } } }, answer: ["global", "user", "site", "env-file"] },
  { id: "pip-config-debug-force", tool, says: "what `pip config debug` shows of a file is in force", verdict: "wrong", truth: "A section in another case is shown, and counts for nothing.", ask: { of: "setting", key: "cache-dir", given: { files: mine("[Global]\ncache-dir = /mine\n") } }, answer: "/home/me/.cache/pip" },
];

const cache: readonly Statement[] = [
  { id: "pip-cache-linux", tool, says: "pip's cache is `~/.cache/pip` on Linux", verdict: "true", ask: { of: "cache" }, answer: "/home/me/.cache/pip" },
  { id: "pip-cache-macos", tool, says: "pip's cache is `~/Library/Caches/pip` on macOS", verdict: "true", ask: { of: "cache", given: { on: "darwin" } }, answer: "/Users/me/Library/Caches/pip" },
  { id: "pip-xdg-macos", tool, says: "`XDG_CACHE_HOME` is nothing to pip on a Mac", verdict: "partly", truth: "From 26.2 on it moves the cache there, too.", ask: { of: "cache", given: { on: "darwin", env: { XDG_CACHE_HOME: "/x" } } }, answer: "/x/pip" },
  { id: "pip-xdg-macos-before", tool, says: "before 26.2 `XDG_CACHE_HOME` was nothing to pip on a Mac", verdict: "true", ask: { of: "cache", given: { on: "darwin", version: "26.1.2", env: { XDG_CACHE_HOME: "/x" } } }, answer: "/Users/me/Library/Caches/pip" },
  { id: "pip-cache-windows", tool, says: "pip's cache is `%LOCALAPPDATA%\\pip\\Cache` on Windows", verdict: "true", ask: { of: "cache", given: { on: "win32" } }, answer: "C:\\Users\\me\\AppData\\Local\\pip\\Cache" },
  { id: "pip-cache-dir-variable", tool, says: "`PIP_CACHE_DIR` moves it, whatever stands in files", verdict: "true", ask: { of: "setting", key: "cache-dir", given: { env: { PIP_CACHE_DIR: "/v" }, files: mine("[global]\ncache-dir = /mine\n[cache]\ncache-dir = /own\n") } }, answer: "/v" },
  { id: "pip-cache-dir-empty", tool, says: "`PIP_CACHE_DIR=` turns the cache off", verdict: "wrong", truth: "An empty variable says nothing; the cache stays where it is.", ask: { of: "setting", key: "cache-dir", given: { env: { PIP_CACHE_DIR: "" } } }, answer: "/home/me/.cache/pip" },
  { id: "pip-no-cache-dir-zero", tool, says: "`PIP_NO_CACHE_DIR=0` leaves the cache on", verdict: "wrong", truth: "Any truth value turns it off, also one for no.", ask: { of: "setting", key: "no-cache-dir", given: { env: { PIP_NO_CACHE_DIR: "0" } } }, answer: true },
  { id: "pip-no-cache-dir-off", tool, says: "`PIP_NO_CACHE_DIR=off` turns the cache off", verdict: "true", truth: "So does every other truth value from 19.0 on, yes or no alike. To have the cache back, unset it.", ask: { of: "setting", key: "no-cache-dir", given: { env: { PIP_NO_CACHE_DIR: "off" } } }, answer: true },
  { id: "pip-no-cache-dir-false", tool, says: "`no-cache-dir = false` in a file leaves it on", verdict: "wrong", truth: "It turns it off, too.", ask: { of: "setting", key: "no-cache-dir", given: { files: mine("[global]\nno-cache-dir = false\n") } }, answer: true },
  { id: "pip-no-cache", tool, says: "`PIP_NO_CACHE=1` turns it off", verdict: "wrong", truth: "pip knows no such name.", ask: { of: "setting", key: "no-cache-dir", given: { env: { PIP_NO_CACHE: "1" } } }, answer: false },
  { id: "pip-cache-dir-false", tool, says: "`pip config set global.cache-dir false` turns it off", verdict: "wrong", truth: "It makes a directory of that name, wherever pip runs.", ask: { of: "setting", key: "cache-dir", given: { files: mine("[global]\ncache-dir = false\n") } }, answer: "/w/false" },
  { id: "pip-cache-dir-command", tool, says: "`pip cache dir` says where `pip install` keeps things", verdict: "partly", truth: "Not when the section `[install]` has a `cache-dir` of its own.", ask: { of: "setting", key: "cache-dir", given: { command: "cache", files: mine("[install]\ncache-dir = /installs\n") } }, answer: "/home/me/.cache/pip" },
  { id: "pip-cache-dir-install", tool, says: "a `cache-dir` in `[install]` counts for `pip install`", verdict: "true", ask: { of: "setting", key: "cache-dir", given: { command: "install", files: mine("[install]\ncache-dir = /installs\n") } }, answer: "/installs" },
];

export const pipStatements: readonly Statement[] = [...files, ...cache];
