/** One physical line as its author meant it: no terminal codes, no CI prefix, no box drawing. */

const needsTerminal = /[\x00-\x08\x0b-\x1f\x7f]|\[\d{1,3}(?:;\d{1,3}){0,6}[A-Za-z]|\^\[\[/;

/** ECMA-48 sequences (CSI, OSC, DCS, two-character ones), then what is left of colours where ESC was lost. */
const terminalCodes =
  /\x1b(?:\[[0-?]{0,64}[ -/]{0,8}[@-~]|\][^\x07\x1b]{0,2048}(?:\x07|\x1b\\)?|[PX^_][^\x1b\x07]{0,2048}(?:\x1b\\|\x07)|[ -/]{1,4}[0-~]|[0-~])|\^\[\[[0-9;]{0,20}[A-Za-z]|\\u001b\[[0-9;]{0,20}[A-Za-z]|(?<!\\x1b|\\033|\\e)\[\d{1,3}(?:;\d{1,3}){0,6}m/g;
const controls = /[\x00-\x08\x0b-\x1f\x7f]/g;

const typography = /[‘’“”\u00a0\ufeff]/;

/** Prefixes of CI services, container tools and loggers; each may stand before another. */
const prefix = new RegExp(
  "^\\s*(?:" +
    [
      String.raw`[^\t]{1,100}\t[^\t]{1,100}\t(?=\ufeff?\d{4}-)`, // gh run view --log
      String.raw`\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?\]?:?(?: \d\d[OE]\+?)?(?:\s|$)`, // GitHub, GitLab, Jenkins, loggers
      String.raw`\[?\d\d:\d\d:\d\d(?:[.,]\d{1,6})?\]?[iWEF]?:?\s`, String.raw`\[Step \d{1,3}\/\d{1,3}\] `, // Timestamper, TeamCity
      String.raw`>(?: ?>){0,8} `, // quoted in a mail
      String.raw`==> [\w.-]{1,64}: `, String.raw`[\w.-]{1,64}(?:\[[^\]]{0,64}\])? \((?:local|remote)-exec\): `, "nox > ", // Vagrant, Terraform, nox
      String.raw`#\d{1,4} (?:\d{1,6}\.\d{1,4} )?`, // BuildKit
      String.raw`\d{1,6}\.\d{1,4} (?=\S| {2})`, // BuildKit's closing summary
      String.raw`##\[\w{1,20}\]`, String.raw`::(?:error|warning|notice|debug|group)[^:]{0,200}::`,
      String.raw`section_(?:start|end):\d{1,20}:[\w.-]{1,100}(?:\[[^\]]{0,100}\])?\s?`, // GitLab
      String.raw`[A-Za-z0-9][\w.-]{0,63} {1,40}\| ?`, // docker compose
      String.raw`(?:\.pkg|(?!pyenv)py\d{0,3}[\w.-]{0,20}): (?:commands\[\d{1,3}\]> )?`, // tox; pyenv says its own name so
      String.raw`\[\w{1,40}(?:\.\w{1,40}){1,6}\]: `, // pipenv: the exception's class
      String.raw`\[(?:Pipeline|stdout|stderr|ERROR|INFO|WARN(?:ING)?|DEBUG)\]:? `,
      String.raw`Step #\d{1,4}(?: - "[^"]{1,80}")?: `, String.raw`(?:STDERR|STDOUT|stderr|stdout|remote):\s`,
      String.raw`std(?:err|out) [FP] `, // containerd
      String.raw`[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S{1,64} [\w./-]{1,40}(?:\[\d{1,10}\])?: `, // syslog
      String.raw`E {2,7}(?=\S)`, // pytest
    ].join("|") +
    ")",
);

/** Does a service or a logger say something before the line? Then it is a line of its own. */
export function isPrefixed(line: string): boolean {
  return prefix.test(line);
}

const boxBefore = /^[\s│┃╎┆├└╰╭─━▶►❱╮╯]{1,64}(?:> ?)?/;
const boxAfter = /[\s│┃]{1,200}$/;

export function plainLine(raw: string): string {
  let text = raw.trimStart().startsWith('"') ? fromJson(raw) : raw;
  if (text.includes("&") || text.includes("</")) text = fromHtml(text);
  if (needsTerminal.test(text)) text = text.replace(terminalCodes, "").replace(controls, "");
  if (typography.test(text)) text = straight(text);
  for (let turn = 0; turn < 4; turn++) {
    const found = prefix.exec(text);
    if (found === null) break;
    text = text.slice(found[0].length);
  }
  return trimBox(text);
}

/** A line of a notebook file: one string of a list. */
function fromJson(line: string): string {
  const found = /^\s*("(?:[^"\\]|\\.){0,8192}"),?\s*$/.exec(line);
  if (found === null) return line;
  try {
    return (JSON.parse(found[1]!) as string).replace(/\n$/, "");
  } catch {
    return line;
  }
}

const entities: Readonly<Record<string, string>> = { quot: '"', apos: "'", lt: "<", gt: ">", nbsp: " ", "#39": "'", "#x27": "'", "#34": '"', "#96": "`", "#x60": "`", "#x2F": "/", amp: "&" };

/** What a web page or an exported notebook makes of a line: entities, and the tags that colour it. */
function fromHtml(text: string): string {
  return text.replace(/<\/?(?:span|pre|code|div|font|b|p|br)(?:\s[^<>]{0,300})?>/g, "").replace(/&(quot|apos|lt|gt|nbsp|amp|#39|#x27|#34|#96|#x60|#x2F);/g, (_whole, name: string) => entities[name]!);
}

/** Quotes that a web page bent are straightened; a line that has straight ones was not bent. */
function straight(text: string): string {
  const spaced = text.replace(/\u00a0/g, " ").replace(/\ufeff/g, "");
  return /['"`]/.test(spaced) ? spaced : spaced.replace(/[‘’]/g, "'").replace(/[“”]/g, '"');
}

function trimBox(text: string): string {
  const begun = text.replace(boxBefore, "");
  // Only a line with something at its end pays for the search from the end.
  return /[\s│┃]$/.test(begun) ? begun.replace(boxAfter, "") : begun;
}
