/** Advice that goes around, about more than settings, each held to a test with the real tool: the case named makes the illness and sees what the tool does. */
import type { ToolName } from "../../tools/tool.ts";
import type { Verdict } from "./statement.ts";

export interface Lore {
  /** Never changes: links lead to it. */
  readonly id: string;
  readonly tool: ToolName;
  /** Markdown. */
  readonly says: string;
  readonly verdict: Verdict;
  readonly truth: string;
  /** The problem whose page says more. */
  readonly problem: string;
  /** A file of the package, and words that stand in it: the test's name. */
  readonly proof: { readonly file: string; readonly test: string };
}

export const lore: readonly Lore[] = [
  {
    id: "sudo-pip-cache", tool: "pip", says: "`sudo pip install` gets around a permission error", verdict: "wrong", problem: "sudo-home",
    truth: "Where sudo keeps `HOME`, pip runs as root over your cache, finds that it is not root's, and works without it. pip's own hint, `sudo -H`, only leads root to a cache of its own.",
    proof: { file: "clinic/cases/sudo-home.clinic.ts", test: "sudo keeps HOME" },
  },
  {
    id: "sudo-pip-user", tool: "pip", says: "`sudo pip install --user` installs for me", verdict: "wrong", problem: "user-site-not-writable",
    truth: "Where sudo keeps `HOME`, what it makes in `~/.local` belongs to root, and your next `pip install --user` is refused.",
    proof: { file: "clinic/cases/places.clinic.ts", test: "sudo pip install --user with HOME kept" },
  },
  {
    id: "sudo-pip-venv", tool: "pip", says: "`sudo pip` in a virtual environment does no harm", verdict: "wrong", problem: "venv-not-writable",
    truth: "What it installs is root's, and the next package with a file in the same directory is refused.",
    proof: { file: "clinic/cases/places.clinic.ts", test: "sudo pip in the environment, in part root's" },
  },
  {
    id: "sudo-same-python", tool: "pip", says: "`sudo pip` is my pip, with more rights", verdict: "wrong", problem: "sudo-other-python",
    truth: "sudo looks for programs along a path of its own (`secure_path`): of a Python of pyenv's it finds nothing, and starts the system's.",
    proof: { file: "clinic/cases/sudo-other-python.clinic.ts", test: "a Python of pyenv, and sudo's secure_path" },
  },
  {
    id: "chmod-777-pip", tool: "pip", says: "`chmod -R 777 ~/.cache/pip` makes the warning go away", verdict: "wrong", problem: "cache-world-writable",
    truth: "It lets every account of the machine put a wheel there that you will install. Where the directory is another's, the command is refused in the first place.",
    proof: { file: "clinic/cases/cache-world-writable.clinic.ts", test: "chmod -R 777 as the web advises" },
  },
  {
    id: "chmod-777-uv", tool: "uv", says: "uv says when its cache is open to everybody", verdict: "wrong", problem: "cache-world-writable",
    truth: "After `chmod 777` it works without a word.",
    proof: { file: "clinic/cases/uv-settings.clinic.ts", test: "chmod 777 over all of it" },
  },
  {
    id: "pip-cache-purge-elsewhere", tool: "pip", says: "`pip cache purge` empties the cache that `pip install` uses", verdict: "partly", problem: "cache-dir-split",
    truth: "Not when `[install]` has a `cache-dir` of its own: purge then looks in the usual place, removes nothing there and is content.",
    proof: { file: "clinic/cases/cache-dir-split.clinic.ts", test: "[install] cache-dir, moved to [global]" },
  },
  {
    id: "pip-cache-purge-disabled", tool: "pip", says: "with the cache switched off, `pip cache purge` still cleans up what is there", verdict: "wrong", problem: "cache-disabled",
    truth: "`pip cache` ends with *pip cache commands can not function since cache is disabled*; what was cached before stays.",
    proof: { file: "clinic/cases/cache-disabled.clinic.ts", test: "pip cache commands can not function since cache is disabled" },
  },
  {
    id: "conda-clean-packages", tool: "conda", says: "`conda clean --packages` takes only what no environment uses", verdict: "wrong", problem: "conda-softlinked-env",
    truth: "It goes by hard links. An environment that links softly (`always_softlink`) leaves none, so its packages are taken for unused; once they are gone, it is broken.",
    proof: { file: "clinic/cases/conda-links.clinic.ts", test: "an environment made with always_softlink" },
  },
  {
    id: "uv-hardlink-warning", tool: "uv", says: "*Failed to hardlink files; falling back to full copy* means that something is broken", verdict: "wrong", problem: "hardlink-fallback-warning",
    truth: "Cache and environment lie on two file systems, so uv copies. `link-mode = \"copy\"` says that this is meant, and the warning is gone; a cache on the same file system makes links possible again.",
    proof: { file: "clinic/cases/uv-links.clinic.ts", test: "the cache and the environment on two file systems" },
  },
  {
    id: "uv-no-cache-empty", tool: "uv", says: "an empty `UV_NO_CACHE=` is as good as none", verdict: "wrong", problem: "config-breaks-tool",
    truth: "uv ends with *value was not a boolean*.",
    proof: { file: "clinic/cases/uv-settings.clinic.ts", test: "an empty UV_NO_CACHE" },
  },
  {
    id: "uv-toml-quotes", tool: "uv", says: "`cache-dir = ~/big` is fine in `uv.toml`, as it is in `pip.conf`", verdict: "wrong", problem: "config-breaks-tool",
    truth: "It is TOML: a path without quotation marks makes the file unreadable, and uv ends.",
    proof: { file: "clinic/cases/uv-settings.clinic.ts", test: "a path without quotation marks" },
  },
  {
    id: "pdm-no-cache-false", tool: "pdm", says: "`PDM_NO_CACHE=false` leaves pdm's cache on", verdict: "wrong", problem: "cache-disabled",
    truth: "Any text is a yes to pdm.",
    proof: { file: "clinic/cases/project-tools.clinic.ts", test: "PDM_NO_CACHE=false, which is a yes to pdm" },
  },
  {
    id: "venv-copy", tool: "pip", says: "a virtual environment can be copied with `cp -r`", verdict: "wrong", problem: "venv-broken",
    truth: "Its programs name the Python of the original in their first line: `pip` of the copy installs into the original, without a word.",
    proof: { file: "clinic/cases/venv-broken.clinic.ts", test: "the environment was copied, and its pip works on the original" },
  },
];
