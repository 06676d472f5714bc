/** Entries as the script has them, and words for amounts as the page has them. */
export const scriptData = String.raw`
const data = JSON.parse(document.getElementById("data").textContent);
const rows = data.rows.map(([tool, kind, project, version, what, id, bytes, frees, written, used]) => ({
  tool: data.tools[tool], kind: data.kinds[kind], project: data.projects[project][0], node: data.projects[project][1],
  version: version < 0 ? "" : data.versions[version], what, id, bytes, frees, written, used,
}));
const plain = (text) => text.toLowerCase().replace(/[-_.]+/g, "-");
const numberText = (count) => String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");
const countText = (count, one, many) => numberText(count) + " " + (count === 1 ? one : many);
const bytesText = (bytes) => {
  const units = ["bytes", "kB", "MB", "GB", "TB", "PB"];
  let [amount, unit] = [bytes, 0];
  while (amount >= 999.5 && unit < units.length - 1) [amount, unit] = [amount / 1000, unit + 1];
  if (unit === 0) return bytes === 1 ? "1 byte" : bytes + " bytes";
  return (amount < 9.95 ? amount.toFixed(1) : Math.round(amount)) + " " + units[unit];
};
const freesText = (bytes, frees) => bytes === 0 ? "frees nothing" : frees >= bytes ? "all of it comes free" : frees === 0 ? "nothing of it comes free" : "of which " + bytesText(frees) + " comes free";
const dateText = (seconds) => seconds < 0 ? "unknown" : new Date(seconds * 1000).toISOString().slice(0, 10);
const made = (name, given = {}, inside = []) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(given)) key in element && key !== "style" ? (element[key] = value) : element.setAttribute(key, value);
  element.append(...inside);
  return element;
};
`;
