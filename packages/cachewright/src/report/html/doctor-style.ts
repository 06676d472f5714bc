export const doctorStyle = `
header p{margin:0}
.kind{margin:0 0 .2rem}.finding h2{margin-top:0}
.finding{border-left-width:5px}.finding.of-error{border-left-color:var(--error)}.finding.of-warning{border-left-color:var(--warning)}.finding.of-note{border-left-color:var(--note)}
.badge{display:inline-block;border:1px solid currentColor;border-radius:999px;padding:0 .6em;font-size:.85rem;font-weight:600;white-space:nowrap}.badge.error{color:var(--error)}.badge.warning{color:var(--warning)}.badge.note{color:var(--note)}
.contents{padding-left:0;list-style:none;max-width:none}.contents li{margin:.35rem 0}
.calm{font-size:1.1rem}
h4{margin:1.2em 0 .3em;font-size:1rem}
.chain{margin:0}.chain figcaption{margin-bottom:.6rem}
.chain ol{list-style:none;margin:0;padding:0;max-width:none;display:grid;grid-template-columns:minmax(6rem,max-content) max-content max-content 1fr;column-gap:1.2rem}
.chain li{position:relative;display:grid;grid-column:1/-1;grid-template-columns:subgrid;align-items:baseline;padding:0 0 .9rem 2.4rem}
.chain li::before{content:"";position:absolute;left:.75rem;top:1.6rem;bottom:-.2rem;border-left:3px solid var(--ok)}
.chain li:last-child::before,.chain li.last::before{display:none}
.chain li.breaks::before,.chain li.breaks~li::before{border-left:3px dashed var(--error)}
.chain .rights{display:contents}
.chain .mark{position:absolute;left:0;top:0;width:1.7rem;height:1.7rem;display:grid;place-items:center;border:2px solid var(--ok);border-radius:50%;background:var(--raised);color:var(--ok);font-weight:700;font-size:.85rem;z-index:1}
.chain .breaks .mark{border-color:var(--error);background:var(--error);color:var(--raised)}
.chain .noted .mark{border-color:var(--warning);color:var(--warning)}
.chain .absent .mark,.chain .unseen .mark{border-style:dashed;border-color:var(--dim);color:var(--dim)}
.chain .beside{margin-left:1.6rem}.chain .beside::before{display:none}
.chain .name{font-weight:600}.chain .breaks .name{color:var(--error)}
.chain .owner,.chain .rights code{white-space:nowrap}.chain .may{color:var(--dim)}.chain .mounted{white-space:nowrap}.chain .rights>.dim{grid-column:2/-1}
.chain .because{grid-column:1/-1;margin:.3rem 0 0;padding:.4rem .7rem;border-left:4px solid var(--warning);background:var(--code)}.chain .breaks .because{border-left-color:var(--error)}
.evidence li,.plan li{margin:.45rem 0}.evidence .ls{white-space:pre-wrap}
.lead{margin:.8rem 0 .3rem}
.command{display:flex;gap:.5rem;align-items:stretch;margin:.3rem 0}.command pre{flex:1;min-width:0;margin:0;white-space:pre-wrap;overflow-wrap:anywhere;user-select:all}
.command button{font:inherit;color:var(--accent);background:var(--raised);border:1px solid var(--line);border-radius:6px;padding:0 .8rem;cursor:pointer}
.sr{position:absolute;left:-100vw}
details{margin:1rem 0}summary{cursor:pointer;font-weight:600;padding:.2rem 0}.others{border-top:1px solid var(--line);padding-top:.5rem}
tbody th,tbody td:nth-child(2){white-space:nowrap}
dl>div{display:flex;gap:1rem;margin:.25rem 0}dt{flex:0 0 3rem;color:var(--dim)}dd{margin:0;min-width:0}
footer{margin-top:3rem;border-top:1px solid var(--line)}
@media (max-width:40rem){.card{padding:.8rem .9rem}.chain ol,.chain li{display:block}.chain .rights{display:flex;flex-wrap:wrap;column-gap:.8rem}.chain .beside{margin-left:.8rem}.command{flex-direction:column}.command button{align-self:flex-start;padding:.3rem .8rem}}
@media print{.command button{display:none}.card{break-inside:auto}.chain li,.plan li,.evidence li{break-inside:avoid}h2,h3{break-after:avoid}details:not([open])>summary::after{content:" (folded when this was printed)"}}
`;

/** Only a comfort: a button that copies a command, and says so to those who listen. */
export const doctorScript = `
for (const box of document.querySelectorAll(".command")) {
  const text = box.querySelector("code").textContent;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Copy";
  button.setAttribute("aria-label", "Copy the command " + text);
  const told = document.createElement("span");
  told.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
      told.className = "sr";
      told.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(box.querySelector("code"));
    }
  });
  box.append(button, told);
}
addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
`;
