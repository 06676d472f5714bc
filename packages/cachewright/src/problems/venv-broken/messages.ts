import type { ProblemMessages } from "../message.ts";

/** The names environments have. */
const environment = String.raw`(?:~|\.{0,2})(?:[^\s:'"\`]{0,2048}\/)?(?:\.?(?:virtual|v)?env[^/\s:'"\`]{0,64}|[^/\s:'"\`]{1,64}[-_.]?v?env|\.(?:virtualenvs|tox|nox)\/[^/\s:'"\`]{1,255})`;
/** A path begins where a word does: tried from every character of a long one, it would cost its square. */
const python = String.raw`(?<![^\s:'"\`\u2018])(?<path>${environment}\/bin\/python[\d.]{0,6})`;

export const messages: ProblemMessages = {
  messages: [
    {
      // Before any other program of it is tried: the interpreter itself.
      id: "no-interpreter", tool: "bash", trigger: "No such file or directory", rank: 5,
      pattern: new RegExp(String.raw`^-?(?:(?:ba|da|k)?sh|sudo|env|/bin/(?:ba|da)?sh): (?:line \d+: |\d+: |\u2018)?${python}\u2019?: (?:command not found: )?No such file or directory`),
      example: "bash: line 1: .venv/bin/python: No such file or directory",
    },
    {
      id: "no-interpreter-zsh", tool: "zsh", trigger: "no such file or directory: ", rank: 5,
      pattern: new RegExp(`(?:zsh|\\(eval\\)|fish): (?:.{0,40}: )?no such file or directory: ${python}\\s*$`),
      example: "zsh: no such file or directory: /Users/ada/shop/.venv/bin/python",
    },
    {
      id: "uv-broken-link", tool: "uv", trigger: "was the underlying Python interpreter removed", rank: 5,
      pattern: /Broken symlink at `(?<path>[^`\n]{1,4096})`, was the underlying Python interpreter removed/,
      example: "  Caused by: Broken symlink at `.venv/bin/python3`, was the underlying Python interpreter removed?",
    },
    {
      id: "uv-no-settings", tool: "uv", trigger: "Broken virtual environment `", rank: 5,
      pattern: /Broken virtual environment `(?<path>[^`\n]{1,4096})`: (?:missing `pyvenv\.cfg`|could not parse `pyvenv\.cfg`|`pyvenv\.cfg` (?:is missing|could not be parsed))/,
      example: "error: Broken virtual environment `/home/ada/shop/.venv`: `pyvenv.cfg` is missing",
    },
    {
      // The launcher of a Windows environment (PC/launcher.c); 3.11 leaves the inner quotation mark open.
      id: "windows-launcher", tool: "python", trigger: ["No Python at '", "did not find executable at '"], rank: 5,
      pattern: /(?:No Python at|did not find executable at) '"?(?<path>[A-Za-z]:\\[^'"\n]{1,2048}|\/[^'"\n]{1,2048}\.exe)"?'?/,
      example: "No Python at 'C:\\Users\\ada\\AppData\\Local\\Programs\\Python\\Python38\\python.exe'",
    },
    {
      id: "libpython-gone", tool: "python", trigger: "error while loading shared libraries: libpython", rank: 5,
      pattern: new RegExp(`${python}: error while loading shared libraries: libpython`),
      example: "/home/ada/shop/.venv/bin/python: error while loading shared libraries: libpython3.9.so.1.0: cannot open shared object file: No such file or directory",
    },
    {
      id: "library-gone-macos", tool: "python", trigger: "Library not loaded: ", rank: 5,
      pattern: /Library not loaded: (?=[^\n]{0,2000}Python)[^\n]{1,2000}/,
      context: new RegExp(String.raw`Referenced from: (?:<[^>\n]{1,64}> )?${environment}\/bin\/python`),
      example: "dyld: Library not loaded: @executable_path/../.Python\n  Referenced from: /Users/ada/shop/venv/bin/python",
    },
    {
      // site.py reads pyvenv.cfg before anything else (the same in 3.8 and 3.13).
      id: "settings-not-utf8", tool: "python", trigger: "UnicodeDecodeError: ", rank: 5,
      pattern: /^UnicodeDecodeError: .{1,200}/,
      context: /File "(?:<frozen site>|[^"\n]{0,2048}\/site\.py)", line \d+, in venv\b/,
      example: "Fatal Python error: init_import_site: Failed to import the site module\n  File \"<frozen site>\", line 667, in venv\nUnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 143: invalid start byte",
    },
  ],
  claims: [
    {
      errno: ["EACCES"], rank: 84,
      path: /^(?<root>.{1,2048})\/pyvenv\.cfg$/, context: /Fatal Python error: init_import_si[tz]e|\/site\.py"|<frozen site>/,
      example: "Fatal Python error: init_import_site: Failed to import the site module\nPermissionError: [Errno 13] Permission denied: '/home/ada/shop/.venv/pyvenv.cfg'",
    },
  ],
};
