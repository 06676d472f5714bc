// Written by scripts/generate.mjs from the folders of lint rules. Do not edit: npm run generate.
import type { RuleText } from "./rule.ts";

export const ruleTexts: Readonly<Record<string, RuleText>> = {
  "ci-cache-outside-project": {"title":"GitLab cannot cache what is outside the project","level":"warning","tools":["pip","uv","poetry","pipenv","conda"],"about":"Paths of cache: are taken relative to the project's directory and cannot lead out of it, so a tool's cache in the home is never saved.","fixable":false},
  "ci-cache-path-unused": {"title":"The cached path is not where pip keeps its cache","level":"warning","tools":["pip"],"about":"The job saves a directory as pip's cache that pip never writes to, because nothing tells pip of it, or because the system keeps it elsewhere.","fixable":false},
  "ci-cache-switched-off": {"title":"A job keeps a cache that its own commands switch off","level":"warning","tools":["pip","uv"],"about":"The job restores and saves pip's or uv's cache, while --no-cache-dir or PIP_NO_CACHE_DIR keeps the tool from using it.","fixable":false},
  "ci-container-home": {"title":"A container job keeps pip's cache in a home that is not root's","level":"warning","tools":["pip"],"about":"GitHub mounts the runner's /github/home as HOME into container jobs. It is not root's, so pip, running as root, switches its cache off, and there is nothing to save.","fixable":false},
  "sudo-pip": {"title":"pip runs under sudo","level":"warning","tools":["pip"],"about":"sudo pip writes root's files into the user's cache and over the system's packages, and runs the setup code of every package as root.","fixable":false},
  "uv-cache-unpruned": {"title":"uv's whole cache is saved between runs","level":"note","tools":["uv"],"about":"A job saves uv's cache without uv cache prune --ci, so wheels are kept that are downloaded again about as fast as they are restored.","fixable":false},
};
