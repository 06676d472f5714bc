/**
 * pip never says that it misread a directory; it only names one that nobody can have meant, in the words of the
 * ownership check: `./false`, a literal `$VAR`, a quote, a `~name` in the middle.
 */
import type { ProblemMessages } from "../message.ts";

const tail = String.raw`(?:/(?:http|log))?)' or its parent directory is not owned`;

const common = {
  tool: "pip", rank: 2, weight: "notice",
  trigger: ["The directory '", "or its parent directory"],
} as const;

export const messages: ProblemMessages = {
  messages: [
    {
      ...common, id: "truth-value-as-directory",
      pattern: new RegExp(String.raw`The directory '(?<path>(?<root>[^']{0,4096}/(?<value>false|true|no|yes|off|on|none|null|0|1))${tail}`, "i"),
      example: "WARNING: The directory '/srv/app/false' or its parent directory is not owned or is not writable by the current user. The cache has been disabled. Check the permissions and owner of that directory. If executing pip with sudo, you should use sudo's -H flag.",
    },
    {
      ...common, id: "literal-variable",
      pattern: new RegExp(String.raw`The directory '(?<path>(?<root>[^'$%]{0,2048}/(?<value>\$\{?\w{1,64}\}?|%\w{1,64}%)[^']{0,2048}?)${tail}`),
      example: "WARNING: The directory '/srv/app/$HOME/.pip-cache' or its parent directory is not owned or is not writable by the current user. The cache has been disabled. Check the permissions and owner of that directory. If executing pip with sudo, you should use sudo's -H flag.",
    },
    {
      ...common, id: "literal-quote",
      pattern: new RegExp(String.raw`The directory '(?<path>(?<root>[^'"]{0,2048}/(?<value>")[^']{0,2048}?)${tail}`),
      example: "WARNING: The directory '/srv/app/\"/var/cache/pip\"' or its parent directory is not owned or is not writable by the current user. The cache has been disabled. Check the permissions and owner of that directory. If executing pip with sudo, you should use sudo's -H flag.",
    },
    {
      // `<cwd>/~/.cache/pip` is the default of an account without a home, not a setting.
      ...common, id: "literal-tilde",
      pattern: new RegExp(String.raw`The directory '(?<path>(?<root>[^'~]{0,2048}/(?<value>~\w{0,64})/(?!\.cache/pip)[^']{0,2048}?)${tail}`),
      example: "WARNING: The directory '/srv/app/~ada/pip-cache' or its parent directory is not owned or is not writable by the current user. The cache has been disabled. Check the permissions and owner of that directory. If executing pip with sudo, you should use sudo's -H flag.",
    },
  ],
};
