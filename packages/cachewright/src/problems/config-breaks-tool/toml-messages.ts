/** Broken TOML, and variables of the wrong kind, in the words of poetry, pdm, pipenv and hatch and of the parsers they use. */
import type { Message } from "../message.ts";

export const tomlMessages: readonly Message[] = [
  {
    // poetry and poetry-core toml/file.py, 1.2 on: every file it reads.
    id: "poetry-toml", tool: "poetry", since: "1.2", trigger: "Invalid TOML file ",
    pattern: /Invalid TOML file (?<path>[^\n]{1,4096}?\.(?:toml|lock)): (?<text>[^\n]{1,400})/,
    example: "Invalid TOML file /home/ada/.config/pypoetry/config.toml: Unexpected character: '/' at line 1 col 12",
  },
  {
    // Python's own parser, tomli before 3.11 and the older toml. None of them knows the file's name.
    id: "python-toml", tool: "pdm", trigger: ["TOMLDecodeError: ", "TomlDecodeError: "], rank: -1,
    pattern: /(?:^|\W)(?:(?:tomllib|tomli|toml\.decoder)\.)?(?:TOMLDecodeError|TomlDecodeError): (?<text>[^\n]{1,300}?\(?(?:(?:at )?line (?<line>\d{1,7}),? col(?:umn)? \d{1,7}|at end of document)[^\n]{0,40})/,
    example: "tomllib.TOMLDecodeError: Invalid value (at line 2, column 7)",
  },
  {
    id: "tomlkit", tool: "pdm", trigger: "tomlkit.exceptions.", rank: -1,
    pattern: /tomlkit\.exceptions\.\w{1,60}: (?<text>[^\n]{1,300}? at line (?<line>\d{1,7}) col \d{1,7})/,
    example: "tomlkit.exceptions.UnexpectedCharError: Unexpected character: '\\n' at line 1 col 8",
  },
  {
    // poetry before 1.2 draws the exception's name and its words on lines of their own.
    id: "tomlkit-boxed", tool: "poetry", until: "1.2", trigger: " at line ", rank: -1,
    pattern: /^\s{0,8}(?<text>(?:Unexpected character|Unexpected end of file|Key|Empty|Mixed|Invalid)[^\n]{0,200} at line (?<line>\d{1,7}) col \d{1,7})\s*$/,
    context: /tomlkit[/\\](?:parser|source|toml_file)\.py/,
    example: "  UnexpectedCharError\n\n  Unexpected character: '=' at line 3 col 0\n\n  at ~/.poetry/lib/poetry/_vendor/py3.8/tomlkit/parser.py:204 in _parse_item",
  },
  {
    // poetry 1.8 with a pyproject.toml: Python's words and nothing else.
    id: "poetry-project-1.8", tool: "poetry", since: "1.6", until: "2.0", trigger: "(at line ", rank: -1,
    pattern: /^\s{0,8}(?<text>(?:Expected|Invalid|Unclosed|Unescaped|Unterminated|Cannot|Illegal|Found|Duplicate|Empty|End of)[^\n]{0,200} \(at line (?<line>\d{1,7}), column \d{1,7}\))\s*$/,
    context: /\bpoetry\b/,
    example: "$ poetry check\n\nExpected ']' at the end of a table declaration (at line 1, column 9)",
  },
  {
    // hatch config/model.py: the field, then what is wrong, each on a line of its own.
    id: "hatch-type", tool: "hatch", since: "1.0", trigger: "Error parsing config:",
    pattern: /(?:ConfigurationError: )?Error parsing config:(?: (?<key>[^\n]{1,200}))?/,
    example: "ConfigurationError: Error parsing config:\nmode\n  must be a string",
  },
  {
    id: "hatch-selected", tool: "hatch", trigger: "The selected config file ",
    pattern: /The selected config file `(?<path>[^`\n]{1,4096})` does not exist/,
    example: "The selected config file `/srv/ci/hatch.toml` does not exist.",
  },
  {
    // pdm project/config.py: `.pdm.toml` is written into the new file.
    id: "pdm-project-key", tool: "pdm", trigger: "is not allowed to set in project config",
    pattern: /Config item '(?<key>[\w.-]{1,100})' is not allowed to set in project config/,
    example: "ValueError: Config item 'cache_dir' is not allowed to set in project config.",
  },
  {
    // pipenv takes "false" for no, and no is no path.
    id: "pipenv-cache-no-path", tool: "pipenv", trigger: "expected str, bytes or os.PathLike", rank: 1,
    pattern: /TypeError: expected str, bytes or os\.PathLike object, not bool/,
    context: /_path_option_check|PIPENV_CACHE_DIR/,
    example: '  File "/usr/lib/python3.12/site-packages/pipenv/patched/pip/_internal/cli/cmdoptions.py", line 175, in _path_option_check\n    return os.path.expanduser(value)\nTypeError: expected str, bytes or os.PathLike object, not bool',
  },
  {
    id: "pipenv-number", tool: "pipenv", trigger: "invalid literal for int() with base 10",
    pattern: /ValueError: invalid literal for int\(\) with base 10: '(?<value>[^'\n]{0,100})'/,
    context: /get_from_env\("|pipenv[/\\]environments\.py/,
    example: '    self.PIPENV_MAX_DEPTH = int(get_from_env("MAX_DEPTH", default=10)) + 1\nValueError: invalid literal for int() with base 10: \'many\'',
  },
];
