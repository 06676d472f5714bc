import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = {
  messages: [
    {
      // pip 20.1 to today, commands/cache.py. The ownership check switches the cache off as well, and says so just before.
      id: "cache-commands-20.1", tool: "pip", since: "20.1",
      trigger: "pip cache commands can not function", pattern: /pip cache commands can not function since cache is disabled/,
      consequenceOf: ["cache-not-owned", "home-missing", "cache-dir-misread"],
      alsoPossible: ["cache-not-owned"],
      example: "ERROR: pip cache commands can not function since cache is disabled.",
    },
    {
      // A true value of no-cache-dir became the number 1 and was joined like a path: pypa/pip #2897, #5385. Python 3.6+.
      id: "true-value-crash-fspath", tool: "pip", until: "18.1",
      trigger: "expected str, bytes or os.PathLike", pattern: /TypeError: expected str, bytes or os\.PathLike object, not (?:int|bool)/,
      context: /_build_session|options\.cache_dir|cache_dir, "http"/,
      example: [
        '  File "/home/ada/.pyenv/versions/3.6.15/lib/python3.6/site-packages/pip/_internal/cli/base_command.py", line 76, in _build_session',
        "    if options.cache_dir else None",
        '  File "/home/ada/.pyenv/versions/3.6.15/lib/python3.6/posixpath.py", line 80, in join',
        "    a = os.fspath(a)",
        "TypeError: expected str, bytes or os.PathLike object, not int",
      ].join("\n"),
    },
    {
      id: "true-value-crash-join", tool: "pip", until: "18.1",
      trigger: "join() argument must be str", pattern: /TypeError: join\(\) argument must be str(?: or bytes)?,? not '(?:int|bool)'/,
      context: /_build_session|options\.cache_dir|cache_dir, "http"/,
      example: [
        '  File "/usr/lib/python3.5/site-packages/pip/basecommand.py", line 78, in _build_session',
        "    if options.cache_dir else None",
        "TypeError: join() argument must be str or bytes, not 'int'",
      ].join("\n"),
    },
    {
      id: "true-value-crash-2.7", tool: "pip", until: "18.1",
      trigger: "' object has no attribute '", pattern: /AttributeError: '(?:int|bool)' object has no attribute '(?:ends|starts)with'/,
      context: /_build_session|options\.cache_dir|cache_dir, "http"/,
      example: [
        '  File "/usr/lib/python2.7/site-packages/pip/basecommand.py", line 78, in _build_session',
        "    if options.cache_dir else None",
        '  File "/usr/lib/python2.7/posixpath.py", line 68, in join',
        "    elif path == '' or path.endswith('/'):",
        "AttributeError: 'int' object has no attribute 'endswith'",
      ].join("\n"),
    },
  ],
};
