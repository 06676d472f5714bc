import type { ProblemMessages } from "../message.ts";

/** A frame of a program that is no installer's: it opened some zip file of its own. */
const ownProgram = String.raw`File "(?![^"\n]{0,4096}(?:[/\\][Ll]ib(?:64)?[/\\]|(?:site|dist)-packages|\.zip|\.whl|[/\\](?:pip|uv|poetry|pdm|pipenv|pip3)[^/\\"]{0,8}"|<))[^"\n]{1,4096}", line`;

export const messages: ProblemMessages = {
  messages: [
    {
      // vendored cachecontrol controller.py; also said where nothing is corrupt and a `Vary` header differs (pypa/pip#13979).
      id: "deserialization-failed", tool: "pip", weight: "notice",
      trigger: "Cache entry deserialization failed", pattern: /Cache entry deserialization failed, entry ignored/,
      example: "WARNING: Cache entry deserialization failed, entry ignored",
    },
    {
      // operations/prepare.py, utils/wheel.py: 21.0 and later name the file.
      id: "wheel-invalid-located", tool: "pip", since: "21.0",
      trigger: " located at ", pattern: /Wheel '(?<package>[^']{1,200})' located at (?<path>.{1,4096}?) is invalid/,
      example: "ERROR: Wheel 'spkg' located at /home/ada/.cache/pip/wheels/b4/c9/0c/aceb526e/spkg-2.0-py3-none-any.whl is invalid.",
    },
    {
      id: "wheel-invalid", tool: "pip", until: "20.3.4",
      trigger: "has an invalid wheel", pattern: /(?<!\S)(?<package>\S{1,200}) has an invalid wheel, (?:could not read|multiple|\.dist-info|.{0,200}not a zip|.{0,200}zip)/i,
      example: "ERROR: spkg has an invalid wheel, could not read 'spkg-2.0.dist-info/WHEEL' file: BadZipFile('Bad CRC-32')",
    },
    {
      id: "origin-ignored", tool: "pip", since: "23.2",
      trigger: "Ignoring invalid cache entry origin file", pattern: /Ignoring invalid cache entry origin file (?<path>.{1,4096}?origin\.json) for /,
      example: "WARNING: Ignoring invalid cache entry origin file /home/ada/.cache/pip/wheels/56/61/d7/dca70de7/origin.json for spkg-2.0-py3-none-any.whl (Expecting value: line 1 column 1 (char 0))",
    },
    {
      // cache.py, `record_download_origin`: the file is written anew.
      id: "origin-unreadable", tool: "pip", since: "23.2", weight: "notice",
      trigger: "Could not read origin file ", pattern: /Could not read origin file (?<path>.{1,4096}?origin\.json) in cache entry/,
      example: "WARNING: Could not read origin file /home/ada/.cache/pip/wheels/56/61/d7/dca70de7/origin.json in cache entry (Expecting value: line 1 column 1 (char 0)). Will attempt to overwrite it.",
    },
    {
      id: "origin-of-another", tool: "pip", since: "22.2", weight: "notice",
      trigger: " in cache entry ", pattern: /Origin URL \S{1,4096} in cache entry (?<path>.{1,4096}?) does not match download URL/,
      example: "WARNING: Origin URL https://files.example/spkg-1.tar.gz in cache entry /home/ada/.cache/pip/wheels/56/61/d7/dca70de7 does not match download URL https://files.example/spkg-2.tar.gz. This is likely a pip bug or a cache corruption issue. Will overwrite it with the new value.",
    },
    {
      // cache.py of 22.2 to 23.1: DirectUrl.from_json without a net.
      id: "origin-crash", tool: "pip", since: "22.2", until: "23.1.2",
      trigger: "JSONDecodeError: ", pattern: /JSONDecodeError: (?:Expecting|Extra data|Unterminated|Invalid)/,
      context: /direct_url\.py|get_cache_entry|record_download_origin|origin\.json/,
      example: '  File "/usr/lib/python3.11/site-packages/pip/_internal/models/direct_url.py", line 216, in from_json\n    return cls.from_dict(json.loads(s))\njson.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)',
    },
    {
      id: "stored-and-broken", tool: "pip", rank: 2,
      trigger: "Stored in directory: ", pattern: /Stored in directory: (?<path>(?:[A-Za-z]:)?[^\s:][^:\n]{0,4096}[/\\]wheels[/\\][^\s:]{1,4096})/,
      context: /BadZip[Ff]ile/,
      example: "  Stored in directory: /home/ada/.cache/pip/wheels/98/23/68/efe259aa\nzipfile.BadZipFile: File is not a zip file",
    },
    {
      id: "bad-zip", tool: "pip",
      trigger: ["BadZipFile: ", "BadZipfile: "], pattern: /(?:zipfile\.)?BadZip[Ff]ile: (?:File is not a zip file|Bad (?:magic number|CRC-32|offset)|Truncated|Corrupt|Overlapped)/,
      notContext: new RegExp(`Stored in directory: |conda|Extracting|unzip |${ownProgram}`),
      example: "zipfile.BadZipFile: File is not a zip file",
    },
    {
      // The hash of no bytes at all: the cached file is empty.
      id: "hash-of-nothing", tool: "pip", rank: 2,
      trigger: "e3b0c44298fc1c149afb", pattern: /Got\s{1,40}e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855/,
      context: /Using cached /,
      example: "  Using cached wpkg-1.0-py2.py3-none-any.whl (738 bytes)\n             Got        e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    },
    {
      id: "msgpack", tool: "pip",
      trigger: "msgpack.exceptions.", pattern: /msgpack\.exceptions\.\w{1,40}/,
      example: "pip._vendor.msgpack.exceptions.ExtraData: unpack(b) received extra data.",
    },
    {
      id: "uv-deserialize", tool: "uv",
      trigger: "Failed to deserialize cache entry", pattern: /Failed to deserialize cache entry/,
      example: "  Caused by: Failed to deserialize cache entry",
    },
    {
      // An archive that was emptied or taken away while it was linked from.
      id: "uv-archive-missing", tool: "uv", rank: 2,
      trigger: "archive-v", pattern: /failed to (?:read directory|open file|read from file|copy file from) `(?<path>[^`]{1,4096}[/\\]archive-v\d{1,3}[/\\][^`]{1,4096})`(?:.{0,4096})?: No such file/,
      example: "  Caused by: failed to read directory `/home/ada/.cache/uv/archive-v0/eajHM8DLem6g6TwjOkyU7`: No such file or directory (os error 2)",
    },
    {
      id: "uv-wheel-invalid", tool: "uv",
      trigger: "The wheel is invalid: ", pattern: /The wheel is invalid: (?:Metadata field|.{0,200}(?:not found|missing|RECORD|WHEEL))/,
      example: "  cause: The wheel is invalid: Metadata field Name not found",
    },
  ],
};
