/** Search, filters and sorting of the table. */
export const scriptTable = String.raw`
const STEP = 300;
const body = document.getElementById("entry-rows");
const counted = document.getElementById("counted");
const more = document.getElementById("more");
const wish = { words: "", tool: "", kind: "", frees: "", by: "", up: true, limit: STEP };
const keys = {
  tool: (row) => row.tool, project: (row) => plain(row.project), version: (row) => row.version, kind: (row) => row.kind,
  bytes: (row) => row.bytes, frees: (row) => row.frees, used: (row) => row.used, written: (row) => row.written, what: (row) => row.what || row.id,
};
const versions = new Intl.Collator("en", { numeric: true });
const freely = { all: (row) => row.bytes > 0 && row.frees >= row.bytes, some: (row) => row.frees > 0, none: (row) => row.frees < row.bytes };
const textOf = (row) => row.text ??= plain([row.tool, row.kind, row.project, row.node, row.version, row.what, row.id].join(" "));
const found = () => {
  const words = wish.words.split(/\s+/).filter(Boolean).map(plain);
  const chosen = rows.filter((row) => (wish.tool === "" || row.tool === wish.tool) && (wish.kind === "" || row.kind === wish.kind) && (wish.frees === "" || freely[wish.frees](row)) && words.every((word) => textOf(row).includes(word)));
  if (wish.by === "") return chosen;
  const key = keys[wish.by];
  const compare = (a, b) => typeof a === "number" ? a - b : wish.by === "version" ? versions.compare(a, b) : a < b ? -1 : Number(a > b);
  return chosen.map((row) => [key(row), row]).sort(([a], [b]) => (wish.up ? 1 : -1) * compare(a, b)).map(([, row]) => row);
};
const cell = (text, given = {}) => made("td", { textContent: text, ...given });
const lineOf = (row) => {
  const what = made("td", {}, row.what === "" ? [] : [row.what + " "]);
  what.append(made("span", { className: "dim path", textContent: row.id }));
  const frees = row.frees >= row.bytes ? "all" : row.frees === 0 ? "nothing" : bytesText(row.frees);
  return made("tr", {}, [
    cell(row.tool), cell(row.project || "-"), cell(row.version || "-"), cell(row.kind), cell(bytesText(row.bytes), { className: "number", title: row.bytes + " bytes" }),
    cell(frees, { className: "number", title: row.frees + " bytes" }), cell(dateText(row.used)), cell(dateText(row.written)), what,
  ]);
};
const isAsked = () => wish.words !== "" || wish.tool !== "" || wish.kind !== "" || wish.frees !== "";
const said = { first: counted.textContent };
const show = () => {
  const chosen = found();
  const sum = (of) => chosen.reduce((total, row) => total + row[of], 0);
  body.replaceChildren(...chosen.slice(0, wish.limit).map(lineOf));
  counted.textContent = !isAsked() && wish.by === "" ? said.first : chosen.length === 0 ? "No entry is like that." : (isAsked() ? numberText(chosen.length) + " of " : "") + countText(rows.length, "entry", "entries") + ", " + bytesText(sum("bytes")) + ", " + freesText(sum("bytes"), sum("frees")) + " one by one.";
  const left = chosen.length - Math.min(wish.limit, chosen.length);
  more.hidden = left === 0;
  more.replaceChildren(made("button", { type: "button", textContent: "Show " + numberText(Math.min(STEP, left)) + " more of " + numberText(left), onclick: () => {
    const at = wish.limit;
    wish.limit += STEP;
    show();
    const next = body.children[at];
    if (next) { next.tabIndex = -1; next.focus(); }
  } }));
};
const again = (change) => { Object.assign(wish, change, { limit: STEP }); show(); };
const chooser = (label, name, options) => made("label", {}, [label, made("select", { name, onchange: (event) => again({ [name]: event.target.value }) }, options.map(([value, text]) => made("option", { value, textContent: text })))]);
const each = (texts) => [["", "all"], ...[...texts].sort().map((text) => [text, text])];
const filters = document.getElementById("filters");
filters.onsubmit = (event) => event.preventDefault();
filters.append(
  made("label", {}, ["Search", made("input", { type: "search", name: "words", autocomplete: "off", oninput: (event) => again({ words: event.target.value }) })]),
  chooser("Tool", "tool", each(data.tools)), chooser("Kind", "kind", each(data.kinds)),
  chooser("Frees", "frees", [["", "all"], ["some", "something"], ["all", "all of its size"], ["none", "less than its size"]]),
);
filters.hidden = false;
for (const head of document.querySelectorAll("#rows th[data-by]")) {
  const by = head.dataset.by;
  const isNumber = by === "bytes" || by === "frees";
  head.replaceChildren(made("button", { type: "button", textContent: head.textContent, onclick: () => {
    const up = wish.by === by ? !wish.up : !isNumber;
    for (const other of document.querySelectorAll("#rows th[aria-sort]")) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    again({ by, up });
  } }));
}
document.getElementById("cut")?.remove();
if (data.rest.length > 0) document.getElementById("rows").before(made("p", { className: "dim", textContent: countText(data.rest.reduce((sum, one) => sum + one[1], 0), "smaller entry is", "smaller entries are") + " not in the table, " + bytesText(data.rest.reduce((sum, one) => sum + one[2], 0)) + " together." }));
show();
`;
