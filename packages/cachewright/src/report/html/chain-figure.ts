import type { Facts, PathFact } from "../../facts/facts.ts";
import { userName } from "../../problems/look-up.ts";
import { modeLetters } from "../text/ls-line.ts";
import { visiblePath } from "../text/visible.ts";
import type { Chain, Link } from "./chain.ts";
import { html, type Markup } from "./markup.ts";
import { prose } from "./prose.ts";

const letters: Readonly<Record<string, string>> = { file: "-", dir: "d", link: "l", fifo: "p", socket: "s", device: "c" };
const marks: Record<Link["state"], string> = { passes: "✓", breaks: "✖", noted: "!", absent: "–", unseen: "?" };

/** The chain as a list that is drawn as one; read aloud or printed it says the same. */
export function chainFigure(chain: Chain, facts: Facts): Markup {
  const end = chain.links.findLast((one) => !one.beside)?.path ?? "/";
  const broken = chain.links.find((one) => one.state === "breaks");
  return html`<figure class="chain">
<figcaption>The way to <span class="path">${visiblePath(end)}</span>, for ${userName(facts)}${broken === undefined ? "" : html`: it breaks at <span class="path">${visiblePath(broken.path)}</span>`}</figcaption>
<ol>
${chain.links.map((link, i) => linkItem(link, { facts, isBreak: link === broken, last: link.beside || chain.links[i + 1]?.beside === true }))}
</ol>
${chain.more > 0 && html`<p class="dim">and ${chain.more} more</p>`}
</figure>`;
}

function linkItem(link: Link, { facts, isBreak, last }: { facts: Facts; isBreak: boolean; last: boolean }): Markup {
  const { fact } = link;
  const target = fact?.linkTo === undefined ? "" : html` <span class="dim">→</span> <span class="path">${visiblePath(fact.linkTo)}</span>`;
  return html`<li class="${link.state}${link.beside && " beside"}${last && " last"}">
<span class="mark" aria-hidden="true">${marks[link.state]}</span>
<div class="at"><span class="path name">${visiblePath(link.name)}</span>${target}</div>
<div class="rights">${rights(link, facts)}</div>
${link.because.length > 0 && html`<p class="because"><strong>${isBreak ? "It breaks here:" : "Here:"}</strong> ${link.because.map((one, i) => html`${i > 0 && "; "}${prose(one)}`)}</p>`}
</li>
`;
}

function rights({ fact, mount }: Link, facts: Facts): Markup {
  if (fact === undefined) return html`<span class="dim">not looked at</span>`;
  if (fact.state === "absent") return html`<span class="dim">not there</span>`;
  if (fact.state === "denied" || fact.mode === undefined) return html`<span class="dim">cannot be looked at${fact.errno !== undefined && ` (${fact.errno})`}</span>`;
  const owner = facts.accounts.users[String(fact.uid)] ?? String(fact.uid);
  const group = facts.accounts.groups[String(fact.gid)] ?? String(fact.gid);
  return html`<code>${letters[fact.type ?? "file"] ?? "?"}${modeLetters(fact.mode)}${fact.acl !== undefined && "+"}</code> <span class="owner">${owner} ${group}</span> <span class="may">${[...(fact.access === undefined ? [] : [mayWords(fact, userName(facts))]), ...(mount === undefined ? [] : [mountWords(mount)])].join("; ")}</span>`;
}

/** What the system answered, not what the mode lets one guess. */
function mayWords({ access, type }: PathFact, user: string): string {
  const asked = [["read", access?.read], ["write", access?.write], ...(type === "dir" ? [["enter", access?.search] as const] : [])] as const;
  const may = asked.filter(([, answer]) => answer === "ok").map(([verb]) => verb);
  const not = asked.filter(([, answer]) => answer !== "ok").map(([verb]) => verb);
  if (may.length === 0) return `${user} may not ${listed(not, "or")}`;
  return `${user} may ${listed(may, "and")}${not.length === 0 ? "" : `, not ${listed(not, "or")}`}`;
}

function listed(words: readonly string[], joint: string): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${joint} ${words.at(-1)}`;
}

function mountWords({ type, options, superOptions }: NonNullable<Link["mount"]>): string {
  const closed = options.includes("ro") || superOptions.includes("ro");
  return `mounted: ${type}${closed ? ", read-only" : ""}`;
}
