/** pip's configuration.py, parser.py and the standard configparser, 6.0 to 26.3; uv's settings. */
import type { ProblemMessages } from "../message.ts";
import { tomlMessages } from "./toml-messages.ts";

const pipConfig = /Configuration file could not be loaded|pip[/\\](?:_internal[/\\])?(?:cli[/\\])?(?:baseparser|configuration|parser)\.py|pip\.(?:conf|ini)\b/;
const parserFault = { tool: "pip", context: pipConfig } as const;

export const messages: ProblemMessages = {
  messages: [
    {
      id: "not-loaded", tool: "pip", since: "10.0", trigger: "Configuration file could not be loaded",
      pattern: /Configuration file could not be loaded/,
      example: "Configuration file could not be loaded.",
    },
    {
      id: "no-section-header", ...parserFault, trigger: "File contains no section headers",
      pattern: /File contains no section headers/,
      example: "configparser.MissingSectionHeaderError: File contains no section headers.\nfile: '/home/ada/ci files/pip.conf', line: 2\n'timeout = 120\\n'",
    },
    {
      // The second line of the same complaint carries the place; Python 2 quotes nothing.
      id: "no-section-header-place", ...parserFault, trigger: ["file: '", "pip.conf, line:", "pip.ini, line:", ", line: "],
      pattern: /^file: '?(?<path>.{1,4096}?)'?, line: (?<line>\d{1,9})/,
      notContext: /\.(?:pydistutils\.cfg|pypirc)|setup\.cfg|tox\.ini/,
      example: "Configuration file could not be loaded.\nFile contains no section headers.\nfile: /home/ada/.pip/pip.conf, line: 1\n'timeout = 3\\n'",
    },
    {
      id: "duplicate-option", ...parserFault, trigger: "While reading from ",
      pattern: /While reading from '?(?<path>(?:(?!While reading from ).){1,4096}?)'? \[line\s{1,8}(?<line>\d{1,9})\]: option '(?<key>[^']{1,256})' in section '(?<section>[^']{1,256})' already exists/,
      example: "Configuration file could not be loaded.\nWhile reading from '/home/ada/.config/pip/pip.conf' [line  3]: option 'timeout' in section 'global' already exists",
    },
    {
      id: "duplicate-section", ...parserFault, trigger: "While reading from ",
      pattern: /While reading from '?(?<path>(?:(?!While reading from ).){1,4096}?)'? \[line\s{1,8}(?<line>\d{1,9})\]: section '(?<section>[^']{1,256})' already exists/,
      example: "Configuration file could not be loaded.\nWhile reading from '/etc/pip.conf' [line  7]: section 'global' already exists",
    },
    {
      id: "source-parse", ...parserFault, trigger: "contains parsing errors",
      pattern: /(?:Source|File) contains parsing errors: '?(?<path>[^'\n]{1,4096})'?/,
      example: "Configuration file could not be loaded.\nSource contains parsing errors: '/home/ada/.config/pip/pip.conf'",
    },
    {
      id: "bad-encoding", tool: "pip", since: "10.0", trigger: "Configuration file contains invalid",
      pattern: /Configuration file contains invalid (?<encoding>[\w.-]{1,40}) characters(?: in (?<path>.{1,4096}?)\.?\s*$)?/,
      example: "Configuration file contains invalid UTF-8 characters in /home/ada/.pip/pip.conf.",
    },
    {
      id: "bad-encoding-10.0-place", tool: "pip", since: "10.0", until: "18.0", trigger: "Please fix your configuration",
      pattern: /Please fix your configuration, located at (?<path>(?:(?!located at ).){1,4096}?)\.?$/,
      example: "ERROR: Configuration file contains invalid UTF-8 characters.\nPlease fix your configuration, located at /etc/pip.conf",
    },
    {
      id: "bad-encoding-9", tool: "pip", until: "10.0.1", trigger: "UnicodeDecodeError: '",
      pattern: /UnicodeDecodeError: '(?<encoding>[\w.-]{1,40})' codec can't decode byte/,
      context: /pip[/\\](?:_internal[/\\])?(?:baseparser|configuration)\.py/,
      example: "  File \"/usr/lib/python3.6/site-packages/pip/baseparser.py\", line 198, in get_config_section\n  File \"/usr/lib/python3.6/codecs.py\", line 321, in decode\nUnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 11: invalid start byte",
    },
    {
      id: "bad-value", tool: "pip", trigger: "An error occurred during configuration",
      pattern: /An error occurred during configuration: (?:option (?:--)?(?<key>[\w-]{1,100}): )?(?<fault>[^\n]{0,300})/,
      example: "An error occurred during configuration: option timeout: invalid floating-point value: 'abc'",
    },
    {
      id: "bad-boolean", tool: "pip", since: "10.0", trigger: "is not a valid value for ",
      pattern: /(?<!\S)(?<value>\S{0,200}) is not a valid value for (?<key>[\w-]{1,100}) option, please specify a boolean value/,
      example: "maybe is not a valid value for user option, please specify a boolean value like yes/no, true/false or 1/0 instead.",
    },
    {
      id: "bad-truth-value", tool: "pip", since: "19.0", trigger: "error: invalid truth value",
      pattern: /--(?<key>no-cache-dir) error: invalid truth value '(?<value>[^'\n]{0,200})'/,
      example: "--no-cache-dir error: invalid truth value 'maybe'",
    },
    {
      id: "bad-truth-value-9", tool: "pip", until: "9.0.3", trigger: "invalid truth value",
      pattern: /ValueError: invalid truth value u?'(?<value>[^'\n]{0,200})'/,
      context: /pip[/\\](?:_internal[/\\])?(?:cli[/\\])?(?:base)?parser\.py/,
      example: "  File \"/usr/lib/python3.6/site-packages/pip/baseparser.py\", line 230, in _update_defaults\n  File \"/usr/lib/python3.6/distutils/util.py\", line 317, in strtobool\nValueError: invalid truth value 'maybe'",
    },
    {
      // config/ini.py until 21.7: it complains, and then stumbles over what it did not read.
      id: "virtualenv-ini", tool: "virtualenv", until: "21.7.9", trigger: "failed to read config file ", rank: 6,
      pattern: /failed to read config file (?<path>[^\n]{1,4096}?) because (?!PermissionError|OSError|IsADirectoryError)/, context: /has no attribute 'has_virtualenv_section'/,
      example: "ERROR:root:failed to read config file /home/ada/.config/virtualenv/virtualenv.ini because File contains no section headers.\nfile: '/home/ada/.config/virtualenv/virtualenv.ini', line: 1\n'clear = true\\n'\nERROR:root:AttributeError: 'IniConfig' object has no attribute 'has_virtualenv_section'",
    },
    {
      // From 21.7.16 on it goes on as if the file were not there.
      id: "virtualenv-ini-passed-over", tool: "virtualenv", since: "21.7.16", weight: "notice", trigger: "failed to read config file ", rank: 5,
      pattern: /failed to read config file (?<path>[^\n]{1,4096}?) because (?!PermissionError|OSError|IsADirectoryError)/, notContext: /has no attribute 'has_virtualenv_section'/,
      example: "failed to read config file /home/ada/.config/virtualenv/virtualenv.ini because While reading from '/home/ada/.config/virtualenv/virtualenv.ini' [line  3]: option 'clear' in section 'virtualenv' already exists",
    },
    {
      id: "uv-toml", tool: "uv", trigger: "Failed to parse: ",
      pattern: /Failed to parse: `?(?<path>(?:[A-Za-z]:)?[^`\n:]{0,4000}uv\.toml)`?/,
      example: "error: Failed to parse: .config/uv/uv.toml\n  cause: TOML parse error at line 2, column 13",
    },
    {
      id: "uv-empty-variable", tool: "uv", trigger: "a value is required for '--",
      pattern: /a value is required for '--(?<key>cache-dir)[^']{0,60}' but none was supplied/,
      alsoPossible: ["uv-path-literal"],
      example: "error: a value is required for '--cache-dir <CACHE_DIR>' but none was supplied",
    },
    {
      id: "uv-bad-boolean", tool: "uv", trigger: "value was not a boolean",
      pattern: /invalid value '(?<value>[^'\n]{0,200})' for '--(?<key>no-cache)[^']{0,60}': value was not a boolean/,
      example: "error: invalid value '' for '--no-cache': value was not a boolean",
    },
    ...tomlMessages,
  ],
};
