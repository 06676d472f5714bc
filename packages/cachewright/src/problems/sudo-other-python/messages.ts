import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = {
  messages: [
    {
      // sudo says nothing else after a program's bare name; the words follow the locale.
      id: "sudo-not-found", tool: "sudo",
      trigger: ["sudo: pip", "sudo: python", "sudo: poetry", "sudo: virtualenv", "sudo: conda", "sudo: pyenv"],
      pattern: /(?:^|\s)sudo: (?<program>pip(?:x|env|\d(?:\.\d{1,2})?)?|python(?:\d(?:\.\d{1,2})?)?|poetry|virtualenv|conda|pyenv): \S/,
      example: "$ sudo pip install six\nsudo: pip: command not found",
    },
  ],
};
