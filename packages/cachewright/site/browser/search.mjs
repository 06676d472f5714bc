/** Comfort for those who have scripts: the search boxes, the keys / and arrows, and a button that copies code. */
import { find } from "../search/find.ts";
import { addCopyButtons } from "./copy.mjs";

let loading;

/** The index and the reader of logs, once somebody wants to search: a page alone needs neither. */
function loadOnce(root) {
  loading ??= Promise.all(["search-data.js", "explain.js"].map((name) => new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `${root}assets/${name}`;
    script.addEventListener("load", resolve);
    script.addEventListener("error", () => reject(new Error(`${name} cannot be loaded`)));
    document.head.append(script);
  })));
  return loading;
}

function element(name, className, ...content) {
  const made = document.createElement(name);
  if (className !== "") made.className = className;
  made.append(...content);
  return made;
}

function resultLine(root, { path, title, kind, about, line, isAlike }) {
  const link = element("a", "", element("b", "", title), element("span", "kind", kind));
  link.href = `${root}${path}`;
  if (line !== undefined) link.append(element("span", "said", line));
  if (isAlike === true) link.append(element("span", "also", "The same words are printed for it, too."));
  if (about !== "") link.append(element("span", "about", about));
  return element("li", "", link);
}

function show(box, { note, found }, asked) {
  const content = [];
  if (note !== undefined) content.push(element("p", "", note));
  if (found.length > 0) content.push(element("ol", "", ...found.map((one) => resultLine(box.root, one))));
  else if (asked !== "" && note === undefined) content.push(element("p", "", "Nothing found. Fewer words may find more."));
  box.results.replaceChildren(...content);
  // Those who hear the page are told how many there are, not all of them at every letter.
  box.status.textContent = asked === "" ? "" : found.length === 1 ? "1 result" : `${found.length} results`;
}

/** Pasted into one line, text keeps its lines until it is changed: they matter to explain. */
function keepPasted(box) {
  box.input.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (box.input.tagName === "TEXTAREA" || !text.includes("\n")) return;
    event.preventDefault();
    box.input.value = text.replace(/\s+/g, " ").trim();
    box.pasted = { text, shown: box.input.value };
    box.input.dispatchEvent(new Event("input"));
  });
}

async function search(box) {
  const { value } = box.input;
  const turn = (box.turn += 1);
  try {
    await loadOnce(box.root);
  } catch (error) {
    box.results.replaceChildren(element("p", "", `The search does not work here: ${error.message}.`));
    return;
  }
  if (turn !== box.turn) return;
  const text = box.pasted?.shown === value ? box.pasted.text : value;
  show(box, find(text, globalThis.cachewrightSearch, globalThis.cachewrightExplain), value.trim());
}

const linksOf = (box) => [...box.results.querySelectorAll("a")];

function moveWithArrows(box) {
  box.frame.addEventListener("keydown", (event) => {
    const links = linksOf(box);
    const at = links.indexOf(document.activeElement);
    if (event.key === "Escape") {
      box.results.replaceChildren();
      box.input.focus();
    } else if (event.key === "ArrowDown" && (at >= 0 || isAtEnd(box.input))) {
      event.preventDefault();
      links[Math.min(at + 1, links.length - 1)]?.focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      event.preventDefault();
      (at === 0 ? box.input : links[at - 1]).focus();
    } else if (event.key === "Enter" && event.target === box.input && box.input.tagName === "INPUT") {
      event.preventDefault();
      links[0]?.click();
    }
  });
}

/** In a text of several lines the arrow first goes through the lines. */
const isAtEnd = (input) => input.tagName === "INPUT" || input.selectionStart === input.value.length;

function setUp(frame) {
  const box = { frame, root: frame.dataset.search, input: frame.querySelector("input, textarea"), results: frame.querySelector(".results"), pasted: undefined, turn: 0 };
  box.status = element("p", "hidden");
  box.status.setAttribute("role", "status");
  frame.append(box.status);
  frame.hidden = false;
  box.input.addEventListener("input", () => search(box));
  keepPasted(box);
  moveWithArrows(box);
  if (box.input.tagName === "INPUT") document.addEventListener("click", (event) => { if (!frame.contains(event.target)) box.results.replaceChildren(); });
  // A reader who comes back finds what was typed, and what it led to.
  if (box.input.value !== "") search(box);
  return box;
}

function leadToSearch(boxes) {
  document.addEventListener("keydown", (event) => {
    const isTyping = /^(?:INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName ?? "") || event.target.isContentEditable;
    if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    boxes[0]?.input.focus();
  });
}

leadToSearch([...document.querySelectorAll("[data-search]")].map(setUp));
addCopyButtons();
