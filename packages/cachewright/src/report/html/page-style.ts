/** What every page shares: colours for light and dark, type, tables, focus. Meaning is never in a colour alone. */
export const pageStyle = `
:root{color-scheme:light dark;--ground:#fbfaf7;--raised:#fff;--text:#1d1f23;--dim:#5c6068;--line:#d9d6cd;--accent:#0b5c8a;--error:#a5201c;--warning:#7d5200;--note:#3f5560;--ok:#226b34;--mark:#fff1c2;--code:#f1efe8}
@media (prefers-color-scheme:dark){:root{--ground:#14161a;--raised:#1c1f25;--text:#e7e6e2;--dim:#a3a7af;--line:#363a43;--accent:#7cc0ee;--error:#ff9a90;--warning:#f0c060;--note:#a9bfca;--ok:#85d69a;--mark:#4a3d12;--code:#22252c}}
*{box-sizing:border-box}
html{font:16px/1.55 system-ui,sans-serif;background:var(--ground);color:var(--text);-webkit-text-size-adjust:100%}
body{margin:0 auto;max-width:72rem;padding:1.5rem 1.25rem 4rem;overflow-wrap:anywhere}
h1{font-size:1.6rem;line-height:1.25;margin:.2em 0 .4em}h2{font-size:1.25rem;line-height:1.3;margin:2em 0 .5em}h3{font-size:1.05rem;margin:1.5em 0 .4em}
p,ul,ol{max-width:46rem}
a{color:var(--accent)}a:focus-visible,button:focus-visible,summary:focus-visible,input:focus-visible,select:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
code,kbd,pre,.path{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.9em}
code{background:var(--code);padding:.1em .3em;border-radius:3px}
pre{background:var(--code);padding:.8rem 1rem;border-radius:6px;overflow-x:auto;white-space:pre;overflow-wrap:normal}pre code{padding:0;background:none}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.35rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}th{font-weight:600}td.number,th.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.wide{overflow-x:auto}
.dim{color:var(--dim)}.error{color:var(--error)}.warning{color:var(--warning)}.note{color:var(--note)}.ok{color:var(--ok)}
.card{background:var(--raised);border:1px solid var(--line);border-radius:8px;padding:1rem 1.25rem;margin:1rem 0}
.skip{position:absolute;left:-100vw}.skip:focus{left:1rem;top:1rem;background:var(--raised);padding:.5rem 1rem;z-index:9}
@media (max-width:40rem){body{padding:1rem .8rem 3rem}h1{font-size:1.35rem}}
@media print{body{max-width:none}.screen{display:none}}
`;
