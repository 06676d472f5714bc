import type { Facts } from "../../facts/facts.ts";
import type { DoctorText } from "../text/calm.ts";
import { visiblePath } from "../text/visible.ts";
import { html, type Markup } from "./markup.ts";

/** What the report is silent about, and why. */
export function leftOut({ ignored, facts }: DoctorText): Markup {
  return html`${ignored.length > 0 && html`<section aria-labelledby="ignored"><h2 id="ignored">Left out on purpose</h2>
<ul>
${ignored.map((one) => html`<li><code>${one.problem}</code> <span class="path">${visiblePath(one.subject)}</span>: ${one.why} <span class="dim">(${visiblePath(one.from)})</span></li>
`)}</ul></section>`}
${facts.unknown.length > 0 && html`<section aria-labelledby="unknown"><h2 id="unknown">Could not be looked at</h2>
<ul>
${facts.unknown.map((one) => html`<li>${one.what} <span class="dim">(${one.why})</span></li>
`)}</ul></section>`}`;
}

export function dayOf({ at }: Pick<Facts, "at">): string {
  return at.replace("T", " ").replace(/:\d\d(?:\.\d+)?Z$/, " UTC");
}

interface Row {
  readonly tool: string;
  readonly version: string;
  readonly where: string;
  readonly remark: string;
}

export function machineSection(facts: Facts): Markup {
  const rows = toolRows(facts);
  return html`<section aria-labelledby="machine"><h2 id="machine">What was looked at</h2>
<dl>
${aboutRows(facts).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>
`)}</dl>
${rows.length > 0 && html`<div class="wide" role="region" aria-label="Tools" tabindex="0"><table>
<thead><tr><th scope="col">Tool</th><th scope="col">Version</th><th scope="col">Where</th></tr></thead>
<tbody>
${rows.map((row) => html`<tr><th scope="row">${row.tool}</th><td>${row.version}</td><td><span class="path">${visiblePath(row.where)}</span>${row.remark !== "" && html` <span class="dim">${row.remark}</span>`}</td></tr>
`)}</tbody></table></div>`}</section>`;
}

function aboutRows({ user, machine, cwd, at }: Facts): [string, string][] {
  const name = user.name.ok ? `${user.name.value} (uid ${user.uid})` : `uid ${user.uid}`;
  const behind = user.sudo === undefined ? "" : `, by sudo from ${user.sudo.user}`;
  return [
    ["For", `${name}${behind}${user.home.ok ? `, home ${visiblePath(user.home.value)}` : ", without a home"}`],
    ["On", `${machine.platform} ${machine.arch}, kernel ${machine.kernel}${machine.container.ok ? `, in a container (${machine.container.value})` : ""}`],
    ["In", visiblePath(cwd)],
    ["At", dayOf({ at })],
  ];
}

function toolRows(facts: Facts): Row[] {
  const pips = facts.installs.flatMap((one): Row[] => (one.pip.ok
    ? [{ tool: "pip", version: one.pip.value.version, where: one.python, remark: `Python ${one.version}${one.chosen ? ", the one used here" : ""}` }]
    : []));
  const conda = facts.conda === undefined ? [] : [{ tool: "conda", version: facts.conda.version ?? "unknown", where: facts.conda.root, remark: "" }];
  const others = (facts.tools ?? []).map((one): Row => ({ tool: one.tool, version: one.version ?? "unknown", where: one.program ?? "not found", remark: "" }));
  return [...pips, ...conda, ...others];
}
