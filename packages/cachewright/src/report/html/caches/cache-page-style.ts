import { labelWidths, tileFont } from "./map-fit.ts";
import { mapShape } from "./map-tiles.ts";

/** A label is shown where its tile is wide and high enough for it; each line of a label takes 1.35 of its letters' height. */
function fitRules(): string {
  return labelWidths.map((width) => `@container (min-width:${(width * 0.68 * tileFont + 0.5).toFixed(2)}rem){.label .w${width}{display:block}}`).join("\n");
}

export function cachePageStyle(): string {
  return `
nav a{margin-right:1rem}
.quiet{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.figures{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.75rem;max-width:none}
.figures li{background:var(--raised);border:1px solid var(--line);border-radius:8px;padding:.6rem 1rem;flex:1 1 9rem}
.figures b{display:block;font-size:1.4rem;line-height:1.2}
.key{white-space:nowrap;display:inline-block;max-width:100%;white-space:normal}
.tools{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;max-width:none}.tools .swatch{background:hsl(var(--hue) var(--tile-strong) var(--tile-light))}
.swatch{display:inline-block;width:1.4em;height:1em;vertical-align:-.1em;border:1px solid var(--dim);background-color:var(--raised)}
:root{--stripe:rgb(0 0 0/.13);--tile-light:84%;--tile-strong:42%;--edge:#fbfaf7;--tile-text:#14161a}
@media (prefers-color-scheme:dark){:root{--stripe:rgb(255 255 255/.11);--tile-light:24%;--tile-strong:32%;--edge:#14161a;--tile-text:#f2f1ee}}
.frees{background-image:repeating-linear-gradient(135deg,var(--stripe) 0 3px,transparent 3px 9px)}
.map{position:relative;aspect-ratio:${mapShape.width}/${mapShape.height};min-height:20rem;width:100%;overflow:hidden;background:var(--raised);print-color-adjust:exact;-webkit-print-color-adjust:exact}
.map ul{list-style:none;margin:0;padding:0;max-width:none}
.map li{position:static}
.tile{position:absolute;overflow:hidden;container-type:size;background:hsl(var(--hue) var(--tile-strong) var(--tile-light));color:var(--tile-text);box-shadow:inset 0 0 0 .5px var(--edge);font-size:${tileFont}rem;line-height:1.35}
.tile[role]{cursor:pointer}
.tile .frees{position:absolute;left:0;right:0;bottom:0}
.tile .label{position:relative;display:flex;flex-flow:column wrap;column-gap:2rem;align-content:flex-start;max-height:100%;overflow:hidden;padding:.1rem .25rem 0}
.tile .label>*{display:none;white-space:nowrap;max-width:100%;min-width:100%;overflow:hidden;text-overflow:ellipsis;font-weight:400;min-height:1.35em}
.tile .label>b{font-weight:600}
.tile .label>.tool{font-weight:700;font-size:1.1em}
${fitRules()}
.tile:focus-visible{outline:3px solid var(--text);outline-offset:-3px;z-index:3;box-shadow:inset 0 0 0 5px var(--ground)}
.frame{position:absolute;pointer-events:none;z-index:1;border:1px solid var(--edge)}
.frame.tool{border:2px solid var(--text);z-index:2}
#map-ways{display:flex;flex-wrap:wrap;gap:.25rem .5rem;align-items:center;margin:.5rem 0}
#map-ways[hidden]{display:none}
#map-told{min-height:1.6em}
button,input,select{font:inherit;color:inherit;background:var(--raised);border:1px solid var(--dim);border-radius:5px;padding:.25rem .6rem;max-width:100%}
button{cursor:pointer}#map-ways button:disabled{border-color:transparent;background:none;cursor:default;font-weight:600;padding:.25rem 0}
th button{border:0;background:none;padding:0;font-weight:600;text-align:left;text-decoration:underline dotted}
.columns{list-style:none;padding:0;margin:1rem 0;max-width:none;display:grid;grid-template-columns:repeat(var(--columns),minmax(0,1fr));gap:2px;align-items:end}
.columns li{position:relative;min-width:0}
.columns .bar{display:flex;flex-direction:column;justify-content:flex-end;height:11rem;border-bottom:1px solid var(--dim)}
.columns .bar i{display:block}
.columns .written,.swatch.written{background-color:var(--code);background-image:radial-gradient(var(--dim) 1.2px,transparent 1.3px);background-size:6px 6px}
.columns .used,.swatch.used{background:var(--accent)}
.amount,.when{display:block;font-size:.7rem;line-height:1.5em;height:1.5em;white-space:nowrap;text-align:center}
.amount{overflow:hidden}.when{display:flex;justify-content:center}.columns li:last-child .when{justify-content:flex-end}
.columns,.swatch{print-color-adjust:exact;-webkit-print-color-adjust:exact}
.filters{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:end;margin:.5rem 0}.filters[hidden]{display:none}
.filters label{display:flex;flex-direction:column;font-size:.85rem}
th{white-space:nowrap}td{overflow-wrap:break-word}#caches td:nth-child(5){white-space:nowrap}td:last-child{min-width:15rem;overflow-wrap:anywhere}#caches td:nth-child(8){min-width:7rem}
#rows td{font-size:.9rem}#rows td:nth-child(7),#rows td:nth-child(8),#rows td:nth-child(4){white-space:nowrap}#rows .path{display:block}
footer{margin-top:3rem;font-size:.9rem}
@media (max-width:40rem){.amount{visibility:hidden}.columns .when{font-size:.65rem}.map{aspect-ratio:3/4}}
@media print{.screen{display:none!important}.map,.columns,.figures,tr{break-inside:avoid}table,#rows td,.path,code{font-size:.7rem}th,td,#caches td,#rows td{white-space:normal!important;padding:.2rem .3rem}td:last-child,#caches td:nth-child(8){min-width:0}.wide{overflow:visible}}
`;
}
