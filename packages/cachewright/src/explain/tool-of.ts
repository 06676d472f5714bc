/** Which tool printed an operating-system error: what is in the line counts more than what stands around it. */
const inLine: readonly (readonly [RegExp, string])[] = [
  [/libmamba|micromamba/, "mamba"], [/\.cache\/uv\b|[/\\]uv[/\\]/, "uv"], [/pypoetry/, "poetry"], [/\/pdm\b/, "pdm"],
  [/pipenv/i, "pipenv"], [/\/hatch\b/, "hatch"], [/\/pipx\b/, "pipx"], [/rattler/, "rattler"], [/pre-commit/, "pre-commit"],
  [/Could not install packages|Building (?:wheel|editable) for|[/\\]pip[/\\-]|\bpip\b/, "pip"], [/\(os error \d/, "uv"],
];
const around: readonly (readonly [RegExp, string])[] = [
  [/\bpoetry\b|^Resolving dependencies\.\.\./m, "poetry"], [/\bpipenv\b/, "pipenv"], [/\bpdm\b/, "pdm"], [/\bhatch\b/, "hatch"], [/\bpipx\b/, "pipx"],
  [/\b(?:conda|mamba) /, "conda"], [/\buv (?:pip|sync|add|run|venv|tool|lock)\b/, "uv"],
  [/\bpip\d?(?:\.\d+)?\b|^Collecting |^Installing collected/m, "pip"], [/\bvirtualenv\b|-m venv\b/, "venv"],
];

export function toolOf(line: string, surroundings: () => string): string {
  for (const [words, tool] of inLine) if (words.test(line)) return tool;
  const text = surroundings();
  for (const [words, tool] of around) if (words.test(text)) return tool;
  return "unknown";
}
