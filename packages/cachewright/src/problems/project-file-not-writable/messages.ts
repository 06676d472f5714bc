import type { ProblemMessages } from "../message.ts";
import { inOtherLanguages, strerrorTriggers } from "../strerror-words.ts";

const names = String.raw`(?:pyproject\.toml|setup\.cfg|Pipfile(?:\.lock)?|(?:poetry|pdm|uv|conda|pixi)\.lock|pylock(?:\.[\w-]{1,64})?\.toml|(?:requirements|constraints|dev-requirements)[\w.-]{0,64}\.(?:txt|in)|environment\.ya?ml)`;
const denied = `(?:[Pp]ermission denied|${inOtherLanguages("EACCES")})`;

export const messages: ProblemMessages = {
  messages: [
    {
      // A shell that cannot open the file for `pip freeze >`: bash, dash ("cannot create"), busybox, fish.
      id: "shell-redirection", tool: "pip", trigger: ["ermission denied", ...strerrorTriggers("EACCES")],
      pattern: new RegExp(String.raw`^\W{0,8}(?:-?(?:ba|da|a|k)?sh|-?bash|/\S{1,60}sh|\S{1,200}): (?:[^\d:\n]{1,16} ?\d{1,6}: |\d{1,6}: )?(?:cannot create )?(?<path>[^:\n'"]{0,2048}?${names}): ${denied}$`),
      example: "bash: line 1: requirements.txt: Permission denied",
    },
    {
      id: "zsh-redirection", tool: "pip", trigger: "permission denied: ",
      pattern: new RegExp(String.raw`^\W{0,8}zsh: permission denied: (?<path>[^:\n'"]{0,2048}?${names})$`),
      example: "zsh: permission denied: requirements.txt",
    },
  ],
  claims: [
    {
      errno: ["EACCES"], rank: 71,
      path: new RegExp(String.raw`(?:^|/)${names}$`), notPath: /(?:site|dist)-packages\/|\/\.cache\/|\/tmp\/(?:pip|tmp)/,
      example: "[Errno 13] Permission denied: '/home/ada/shop/poetry.lock'",
    },
    {
      // uv writes `uv.lock` beside itself and renames it (since 0.12); the directory of the project refuses the new name.
      errno: ["EACCES"], rank: 25,
      line: /^(?:error: )?Permission denied \(os error 13\) at path "/,
      path: /^(?<root>\/(?:[^/]{1,255}\/){0,30}?[^/]{1,255})\/\.tmp[A-Za-z0-9]{6}$/,
      notPath: /\/(?:\.?cache|Caches|tmp|temp|T)\/|\/uv\/|-v\d{1,3}\//,
      context: /^\W{0,4}Resolved \d{1,6} packages? in |\buv (?:lock|add|remove|sync|version)\b/m,
      alsoPossible: ["tmp-not-writable"],
      example: 'Resolved 1 package in 5ms\nerror: Permission denied (os error 13) at path "/home/ada/shop/.tmpJyitIf"',
    },
    {
      // A program's own file below a home, opened for writing: whatever made its directory was root.
      errno: ["EACCES"], rank: 20,
      path: /^\/(?:home|Users)\/[^/]{1,255}\/(?!\.|Library\/)(?:[^/]{1,255}\/){0,20}[^/]{1,200}\.(?:cfg|toml|lock|json|ya?ml|txt|ini|db)$/,
      notPath: /(?:site|dist)-packages\/|\/lib\/python|\/conda|\/envs\//, context: /open\([^\n]{1,200}, ?['"][wax]/,
      example: "    with open(TEST_CONFIG_FILE, 'w') as f:\nPermissionError: [Errno 13] Permission denied: '/home/ada/airflow/unittests.cfg'",
    },
  ],
};
