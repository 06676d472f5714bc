import type { Command } from "./command.ts";

export const lint: Command = {
  name: "lint",
  summary: "Find caching mistakes in Dockerfiles, CI files and scripts",
  words: "[FILE | DIR | -]…",
  maxWords: Number.POSITIVE_INFINITY,
  offers: ["file"],
  options: {
    as: { value: "KIND", offers: ["dockerfile", "shell", "gitlab-ci", "workflow", "action"], help: "what the files are, whatever they are called: dockerfile, shell, gitlab-ci, workflow, action" },
    rule: { value: "CODE", many: true, offers: "rule", help: "look for this rule only" },
    "list-rules": { help: "list the rules and stop" },
    fix: { help: "change the files where that is safe; the changes are shown first, and `undo` takes them back" },
    "dry-run": { short: "n", help: "with --fix: show the changes and stop" },
    yes: { short: "y", help: "with --fix: do it without asking" },
    json: { help: "print the report as JSON (its schema is shipped in dist/schemas)" },
    format: { value: "FORMAT", offers: ["text", "json", "sarif", "junit", "markdown", "github"], help: "print the report in another form: json, sarif, junit, markdown, or github (annotations of a workflow)" },
    sarif: { value: "FILE", offers: "file", help: "write the findings to FILE for code scanning, too" },
    junit: { value: "FILE", offers: "file", help: "write the findings to FILE as JUnit XML, too" },
    markdown: { value: "FILE", offers: "file", help: "write a summary to FILE as Markdown, too" },
  },
  about: [
    "Without a word it looks below this directory for Dockerfiles, Containerfiles, .gitlab-ci.yml, GitHub workflows, action.yml and shell scripts (by name or first line), and leaves out what .gitignore names.",
    "A finding is ignored by a comment on the line before it or at its end: # cachewright: ignore=CODE -- the reason. Or, for many files, by an [[ignore]] in cachewright.toml.",
    "Exit code 0: no error or warning (notes may stand); 1: findings; 2: a file could not be read; 3: --fix failed, or a file may not be changed.",
  ],
  examples: [
    ["cachewright lint", "everything below this directory"],
    ["cachewright lint Dockerfile --fix --dry-run", "what would be put right"],
    ["cachewright lint - --as dockerfile < Dockerfile", "from a pipe"],
    ["cachewright lint --format github", "annotations in a GitHub workflow"],
    ["cachewright explain layer-keeps-cache", "the page of one rule"],
  ],
  load: async () => (await import("./lint.ts")).runLint,
};
