/** The map larger: by click, touch or keys, from the whole down to single entries, and back. */
export const scriptMap = String.raw`
const plan = document.getElementById("map-plan");
if (plan) {
  const [ways, told] = [document.getElementById("map-ways"), document.getElementById("map-told")];
  const hint = "Arrow keys move, Enter goes in, Escape goes out.";
  const first = [...plan.childNodes];
  /** The path of names that is shown, and below which size where it is what was folded. */
  let view = { path: [] };
  const tiles = () => [...plan.querySelectorAll(".tile")];
  const pathOf = (tile) => levels.map((level) => tile.dataset[level]).filter((name) => name !== undefined);
  const nodeAt = (path) => path.reduce((node, name) => node && node.below.get(name), whole());
  const ready = () => {
    for (const [i, tile] of tiles().entries()) {
      tile.tabIndex = i === 0 ? 0 : -1;
      tile.setAttribute("role", "button");
      tile.setAttribute("aria-label", tile.title);
    }
  };
  const step = (text, next, isHere) => made("button", { type: "button", textContent: text, disabled: isHere, onclick: () => go(next) });
  const drawWays = () => {
    const all = [["All", { path: [] }], ...view.path.map((name, i) => [name, { path: view.path.slice(0, i + 1) }]), ...(view.rest === undefined ? [] : [["the small ones", view]])];
    ways.replaceChildren(...all.flatMap(([name, next], i) => [...(i === 0 ? [] : ["›"]), step(name, next, i === all.length - 1)]));
    ways.hidden = false;
  };
  const go = (next, focused) => {
    const node = nodeAt(next.path);
    const nodes = node === undefined ? [] : childrenOf(node).filter(({ bytes }) => next.rest === undefined || bytes < next.rest);
    if (nodes.length === 0) return false;
    view = next;
    plan.replaceChildren(...(next.path.length === 0 && next.rest === undefined ? first : tilesOf(nodes, next.path)));
    ready();
    drawWays();
    focus((focused && tiles().find((tile) => pathOf(tile)[next.path.length] === focused)) || tiles()[0]);
    return true;
  };
  const focus = (tile) => {
    if (!tile) return;
    for (const other of tiles()) other.tabIndex = other === tile ? 0 : -1;
    tile.focus();
  };
  const enter = (tile) => {
    const path = pathOf(tile);
    if (path.length > view.path.length) go({ path: path.slice(0, view.path.length + 1) }) || (told.textContent = tile.title + ". There is nothing smaller.");
    else if (tile.dataset.rest !== undefined && tile.dataset.rest !== String(view.rest)) go({ path: view.path, rest: Number(tile.dataset.rest) });
    else told.textContent = tile.title + ". There is nothing smaller.";
  };
  const leave = () => {
    if (view.rest !== undefined) go({ path: view.path });
    else if (view.path.length > 0) go({ path: view.path.slice(0, -1) }, view.path.at(-1));
  };
  /** The nearest whose middle lies in that direction, what lies aside counting double. */
  const beside = (tile, [x, y]) => {
    const middle = (one) => { const box = one.getBoundingClientRect(); return [box.left + box.width / 2, box.top + box.height / 2]; };
    const [fromX, fromY] = middle(tile);
    let [best, least] = [undefined, Infinity];
    for (const other of tiles()) {
      const [toX, toY] = middle(other);
      const [on, aside] = x === 0 ? [(toY - fromY) * y, Math.abs(toX - fromX)] : [(toX - fromX) * x, Math.abs(toY - fromY)];
      if (other !== tile && on > 1 && on + 2 * aside < least) [best, least] = [other, on + 2 * aside];
    }
    return best;
  };
  const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  plan.setAttribute("role", "group");
  plan.setAttribute("aria-label", "Map of the caches. " + hint);
  plan.addEventListener("keydown", (event) => {
    const tile = event.target.closest(".tile");
    if (!tile || event.ctrlKey || event.altKey || event.metaKey) return;
    const done = {
      Enter: () => enter(tile), " ": () => enter(tile), Escape: leave, Backspace: leave, Home: () => focus(tiles()[0]), End: () => focus(tiles().at(-1)),
      ...Object.fromEntries(Object.entries(arrows).map(([key, way]) => [key, () => focus(beside(tile, way))])),
    }[event.key];
    if (done) { event.preventDefault(); done(); }
  });
  plan.addEventListener("click", (event) => { const tile = event.target.closest(".tile"); if (tile) enter(tile); });
  for (const kind of ["focusin", "mouseover"]) plan.addEventListener(kind, (event) => { const tile = event.target.closest(".tile"); if (tile) told.textContent = tile.title; });
  ready();
  drawWays();
  told.textContent = hint;
}
`;
