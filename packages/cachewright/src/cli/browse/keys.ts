/** Which key does what: one table for the browser and for its help. */
export type TreeAct = "up" | "down" | "page-up" | "page-down" | "half-up" | "half-down" | "first" | "last" | "open" | "close" | "turn" | "mark" | "unmark-all" | "search" | "next-match" | "last-match" | "sort" | "details" | "plan" | "now" | "help" | "leave";
export type TextAct = "up" | "down" | "page-up" | "page-down" | "half-up" | "half-down" | "first" | "last" | "apply" | "now" | "back";

interface Row<Act> {
  readonly keys: readonly string[];
  readonly act: Act;
}

interface HelpRow<Act> extends Row<Act> {
  /** As people read it. */
  readonly label: string;
  readonly does: string;
}

const moves = [
  { keys: ["up", "k", "ctrl-p"], act: "up" }, { keys: ["down", "j", "ctrl-n"], act: "down" },
  { keys: ["page-up", "ctrl-b"], act: "page-up" }, { keys: ["page-down", "ctrl-f"], act: "page-down" },
  { keys: ["ctrl-u"], act: "half-up" }, { keys: ["ctrl-d"], act: "half-down" },
  { keys: ["home", "g"], act: "first" }, { keys: ["end", "G"], act: "last" },
] as const satisfies readonly Row<TreeAct & TextAct>[];

const treeRows: readonly HelpRow<TreeAct>[] = [
  { keys: ["right", "l"], act: "open", label: "right, l", does: "open a level, then go into it" },
  { keys: ["left", "h", "backspace"], act: "close", label: "left, h", does: "close it, then go to the one above" },
  { keys: ["enter"], act: "turn", label: "Enter", does: "open or close; of an entry, its details" },
  { keys: [" "], act: "mark", label: "space", does: "mark or unmark; a level with all its entries" },
  { keys: ["u"], act: "unmark-all", label: "u", does: "unmark everything" },
  { keys: ["/"], act: "search", label: "/", does: "search a project: part of its name, or with * and ?" },
  { keys: ["n"], act: "next-match", label: "n", does: "next project that was searched" },
  { keys: ["N"], act: "last-match", label: "N", does: "the one before" },
  { keys: ["s"], act: "sort", label: "s", does: "sort by size, name, longest unused" },
  { keys: ["i"], act: "details", label: "i", does: "details: origin, files, who uses it" },
  { keys: ["d"], act: "now", label: "d", does: "delete at once, or set aside again" },
  { keys: ["p", "y"], act: "plan", label: "p", does: "the plan for what is marked; Enter or y there applies it" },
  { keys: ["?"], act: "help", label: "?", does: "this help" },
  { keys: ["q", "escape"], act: "leave", label: "q, Esc", does: "leave" },
];

const textRows: readonly Row<TextAct>[] = [
  { keys: ["y", "enter"], act: "apply" }, { keys: ["d"], act: "now" },
  { keys: ["q", "escape", "left", "h", "backspace", "i", "?", "p", "n"], act: "back" },
];

const treeActs: ReadonlyMap<string, TreeAct> = new Map([...moves, ...treeRows].flatMap(({ keys, act }) => keys.map((key): [string, TreeAct] => [key, act])));
const textActs: ReadonlyMap<string, TextAct> = new Map([...moves, { keys: [" "] as const, act: "page-down" as const }, ...textRows].flatMap(({ keys, act }) => keys.map((key): [string, TextAct] => [key, act])));

export function treeAct(key: string): TreeAct | undefined {
  return treeActs.get(key);
}

export function textAct(key: string): TextAct | undefined {
  return textActs.get(key);
}

export function helpLines(): string[] {
  const rows = [{ label: "up down, k j", does: "move; Page Up and Down, Home (g), End (G) go far" }, ...treeRows];
  return [
    ...rows.map(({ label, does }) => `  ${label.padEnd(13)} ${does}`),
    "",
    "Before a name: > where you are, * marked, + some of it marked, ! must stay (and why).",
    "In a bar: the full part (█ or #) comes free, the pale part (░ or -) stays on the disk, because something outside links to it.",
    "A size with + is at least that: parts could not be read. FREES with <= is at most that.",
    "What is marked is weighed together: a file with names in two entries comes free when both go.",
    "Set aside can be undone and frees nothing yet; deleted is gone.",
  ];
}
