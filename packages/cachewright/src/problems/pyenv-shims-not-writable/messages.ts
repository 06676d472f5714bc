import type { ProblemMessages } from "../message.ts";
import { inOtherLanguages } from "../strerror-words.ts";

export const messages: ProblemMessages = {
  messages: [
    {
      // libexec/pyenv-rehash, 0.4 to today; rbenv has the same words with its own name.
      id: "not-writable", tool: "pyenv", trigger: "isn't writable", pattern: /cannot rehash: (?<path>[^\n]{1,4096}?) isn't writable/,
      example: "pyenv: cannot rehash: /usr/local/pyenv/shims isn't writable",
    },
    {
      // The directory is not there, and neither can it be made.
      id: "mkdir", tool: "pyenv", trigger: "/shims", rank: 3,
      pattern: new RegExp(String.raw`mkdir: [^\n/]{0,80}(?<path>/[^\n'’"“”»]{1,4096}/shims)(?=['’"“”»: ])[^\n/]{0,80}(?:Permission denied|${inOtherLanguages("EACCES")})`),
      example: "mkdir: cannot create directory ‘/home/ada/.pyenv/shims’: Permission denied",
    },
  ],
  claims: [
    {
      errno: ["EACCES"], rank: 87, path: /^(?<root>.{0,4096}\/(?:\.?pyenv)\/(?:shims|versions|version))(?:\/\.pyenv-shim|\/\.git|\/[^/]{1,255})?$/,
      notPath: /\/versions\/[^/]{1,255}\//, context: /pyenv|python-build/, notContext: /pip3? install|Could not install packages/,
      example: "/home/ada/.pyenv/libexec/pyenv-rehash: line 21: /home/ada/.pyenv/shims/.pyenv-shim: Permission denied\npyenv: cannot rehash",
    },
  ],
};
