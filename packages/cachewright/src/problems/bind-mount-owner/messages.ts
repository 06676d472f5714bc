import type { ProblemMessages } from "../message.ts";

/** A command line that brings a directory of the host into a container; the part after the colon is seen inside. */
const brought = /\b(?:docker|podman|nerdctl)\b[^\n]{0,300}\s(?:-v|--volume)[ =]["']?[^\s:]{1,400}:(?<root>\/[^\s:"']{1,400})|--mount[ =]["']?type=bind,[^\s]{0,400}(?:target|dst|destination)=[^\s,]{1,400}/;

export const messages: ProblemMessages = {
  messages: [
    {
      id: "cache-folder-of-a-volume", tool: "transformers", trigger: "trying to write in your cache folder", context: brought,
      pattern: /There was a problem when trying to write in your cache folder \((?<path>\/[^)\n]{1,4096})\)/, alsoPossible: ["cache-write-denied"],
      example: "$ docker run --rm -v /home/ada/.cache:/workspace/.cache demo\nThere was a problem when trying to write in your cache folder (/workspace/.cache/huggingface/). You should set the environment variable TRANSFORMERS_CACHE to a writable directory.",
    },
    {
      id: "pip-cache-of-a-volume", tool: "pip", rank: 2, weight: "notice", trigger: "or its parent directory is not owned",
      pattern: /directory '(?<path>\/[^'\n]{1,4096})' or its parent directory is not owned or is not writable by the current user/, context: brought,
      alsoPossible: ["cache-not-owned"],
      example: "$ docker run --rm -v /home/ada/.cache/pip:/root/.cache/pip python:3.12 pip install demo\nWARNING: The directory '/root/.cache/pip' or its parent directory is not owned or is not writable by the current user. The cache has been disabled. Check the permissions and owner of that directory. If executing pip with sudo, you should use sudo's -H flag.",
    },
  ],
};
