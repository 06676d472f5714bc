/** The site's own look, after what all pages share. */
export const siteStyle = `
html{scroll-padding-top:4.5rem}
body{max-width:none;padding:0;line-height:1.6}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.top{position:sticky;top:0;z-index:5;display:flex;align-items:center;gap:1rem;padding:.6rem 1.25rem;background:var(--raised);border-bottom:1px solid var(--line)}
.brand{display:flex;align-items:center;gap:.5rem;font-weight:650;font-size:1.1rem;color:var(--text);text-decoration:none;white-space:nowrap}
.find{position:relative;flex:1 1 auto;max-width:34rem;margin-left:auto;display:flex;align-items:center}
.find[hidden],.paste[hidden]{display:none}
.find label{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.find input{width:100%;font:inherit;color:var(--text);background:var(--ground);border:1px solid var(--line);border-radius:8px;padding:.4rem 2.2rem .4rem .75rem}
.find kbd{position:absolute;right:.6rem;color:var(--dim);border:1px solid var(--line);border-radius:4px;padding:0 .4em;pointer-events:none}.find input:focus~kbd{display:none}
.find .results{position:absolute;top:calc(100% + .35rem);right:0;width:min(40rem,calc(100vw - 1.6rem));max-height:75vh;overflow-y:auto;background:var(--raised);border-radius:10px;box-shadow:0 8px 30px rgb(0 0 0 / .18),0 0 0 1px var(--line)}
.results:empty{display:none}.results p{margin:0;padding:.8rem 1rem}.results ol{list-style:none;margin:0;padding:.35rem;max-width:none}
.results a{display:block;padding:.5rem .7rem;border-radius:7px;text-decoration:none;color:var(--text)}.results a:hover,.results a:focus{background:var(--code);outline-offset:-2px}
.results b{color:var(--accent);font-weight:600}.results .kind{margin-left:.6rem;color:var(--dim);font-size:.8rem}
.results .about,.results .said,.results .also{display:block;color:var(--dim);font-size:.88rem;line-height:1.4}.results .said{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.8rem;color:var(--text);overflow:hidden;display:-webkit-box;-webkit-line-clamp:2;-webkit-box-orient:vertical}
.to-menu{white-space:nowrap}
main{display:block;max-width:52rem;margin:0 auto;padding:1.25rem 1.25rem 2rem}
article{min-width:0}
h1{font-size:1.85rem;letter-spacing:-.01em}h2{margin-top:2.2em;padding-bottom:.2em;border-bottom:1px solid var(--line)}h4{margin:1.3em 0 .3em;font-size:.95rem}
h1 code,h3 code{background:none;padding:0}
.lead{font-size:1.12rem;color:var(--text)}
.crumbs ol{display:flex;flex-wrap:wrap;list-style:none;margin:0;padding:0;font-size:.88rem;max-width:none}.crumbs li+li:before{content:"/";margin:0 .5em;color:var(--dim)}.crumbs [aria-current]{color:var(--dim)}
.code{position:relative;margin:.9rem 0}.code pre{margin:0;border:1px solid var(--line);line-height:1.5;font-size:.88rem}.code code{font-size:inherit}.code.said pre{white-space:pre-wrap;overflow-wrap:anywhere}pre:focus-visible,.wide:focus-visible,summary:focus-visible,textarea:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.code button{position:absolute;top:.4rem;right:.4rem;font:inherit;font-size:.78rem;color:var(--dim);background:var(--raised);border:1px solid var(--line);border-radius:5px;padding:.1rem .5rem;cursor:pointer;opacity:0}.code:hover button,.code button:focus-visible{opacity:1}@media (hover:none){.code button{opacity:1}}
.caption{margin:-.45rem 0 1rem;font-size:.86rem;color:var(--dim)}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.5rem 1.5rem;margin:.8rem 0 1rem;padding:.8rem 1rem;background:var(--raised);border:1px solid var(--line);border-radius:8px;font-size:.93rem}
.facts dt{color:var(--dim);font-size:.8rem}.facts dd{margin:0}.facts>div:last-child{grid-column:1/-1}
.severity{white-space:nowrap;font-weight:600}
.cures{list-style:none;padding:0;counter-reset:cure;max-width:none}
.cure{counter-increment:cure;background:var(--raised);border:1px solid var(--line);border-radius:8px;padding:.2rem 1.25rem .6rem;margin:1rem 0}
.cure h3{margin:.8rem 0 .1rem}.cure h3:before{content:counter(cure) ". ";color:var(--dim)}
.results .also{font-style:italic}.takes{margin:0;color:var(--dim);font-size:.9rem}.price{padding-left:.8rem;border-left:3px solid var(--line)}.price b{font-weight:600;margin-right:.3em}
.cure:target,.statement:target,tr:target{background:var(--mark)}
.wordings{margin:1.2rem 0}.wordings summary{cursor:pointer}.wordings summary h3{display:inline;font-size:1rem}
.entries{margin:1rem 0}.entries>div{padding:.55rem 0;border-bottom:1px solid var(--line)}.entries dt{font-weight:600}.entries dd{margin:0;color:var(--dim)}.entries .severity{margin-left:.5rem;font-size:.82rem}
.entries dt code{font-weight:400}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(18rem,100%),1fr));gap:1rem}.tiles>div{background:var(--raised);border:1px solid var(--line);border-radius:8px;padding:.8rem 1rem}
.lines>div{padding:.5rem 0;border-bottom:1px solid var(--line)}.lines dt code{background:none;padding:0}.lines dd{margin:.1rem 0 0 1.2rem}
.examples>div{margin:0 0 1rem}.examples dt .code{margin:.4rem 0}.examples dd{margin:0;color:var(--dim)}
.pairs{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(17rem,100%),1fr));gap:.2rem 1.5rem;margin:.2rem 0 1rem}.pairs>div{display:flex;gap:.6rem}.pairs dt{min-width:6rem;color:var(--dim)}.pairs dd{margin:0}
.columns{columns:10rem;padding-left:1.2rem}
table{font-size:.92rem;overflow-wrap:break-word}th[scope=row]{font-weight:400}td code,th code{white-space:nowrap}code.path{white-space:normal}
.statement{margin:1.2rem 0;padding:.1rem 1rem .3rem;border-left:3px solid var(--line)}.statement h3{margin:.4rem 0 .2rem;font-weight:600}.statement p{margin:.3rem 0}.statement .severity{margin-right:.4rem}.statement .caption{margin:.3rem 0}
.paste label{display:block;margin-bottom:.4rem}.paste textarea{display:block;width:100%;font:.9rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;color:var(--text);background:var(--raised);border:1px solid var(--line);border-radius:8px;padding:.7rem .9rem;resize:vertical}.paste .caption{margin:.4rem 0 1rem}.paste .results{border:1px solid var(--line);border-radius:8px;background:var(--raised)}
.contents h2,.menu h2{font-size:.92rem;margin:1.1rem 0 .2rem;padding:0;border:0}.contents ul,.menu ul{list-style:none;margin:0;padding:0;font-size:.9rem}.contents li,.menu li{margin:.2rem 0}.menu a,.contents a{text-decoration:none}.menu a:hover,.contents a:hover{text-decoration:underline}.menu h2 a{color:var(--text)}.menu code{background:none;padding:0}.menu [aria-current]{font-weight:700;text-decoration:underline}
.contents{display:none}
.menu{padding:1rem 1.25rem 2rem;border-top:1px solid var(--line);background:var(--raised)}.menu:focus{outline:none}
.foot{padding:1rem 1.25rem 2rem;color:var(--dim);font-size:.86rem;border-top:1px solid var(--line)}.foot p{margin:0 auto;max-width:52rem}
@media (min-width:60rem){
body{display:grid;grid-template-columns:15rem minmax(0,1fr);grid-template-areas:"top top" "menu main" "foot foot"}
.top{grid-area:top}main{grid-area:main;width:100%;padding:1.5rem 2.5rem 3rem}.foot{grid-area:foot}
.menu{grid-area:menu;border:0;border-right:1px solid var(--line);padding:1rem 1.25rem;align-self:start;position:sticky;top:3.6rem;height:calc(100vh - 3.6rem);overflow-y:auto}.menu .back,.to-menu{display:none}
}
@media (min-width:84rem){
main:has(.contents){max-width:70rem;display:grid;grid-template-columns:minmax(0,1fr) 14rem;gap:0 3rem;align-content:start}main:has(.contents) .crumbs{grid-column:1/-1}
.contents{display:block;align-self:start;position:sticky;top:4.6rem;max-height:calc(100vh - 6rem);overflow-y:auto;border-left:1px solid var(--line);padding-left:1.1rem}.contents h2{margin-top:0}
}
@media (max-width:40rem){.top{flex-wrap:wrap;gap:.5rem;padding:.5rem .8rem;position:static}html{scroll-padding-top:1rem}.brand{flex:1}.find{order:3;flex-basis:100%;max-width:none}.find .results{left:0;right:auto}main{padding:.9rem .8rem 2rem}h1{font-size:1.45rem}.menu{padding:1rem .8rem}.wide .many{min-width:34rem}td code,th code{white-space:normal}.cure{padding:.1rem .9rem .5rem}}
@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
@media print{.top,.menu,.contents,.crumbs,.foot,.code button,.skip,.paste{display:none!important}body{display:block}main{max-width:none;padding:0}details.wordings>*{display:block}details.wordings::details-content{content-visibility:visible;block-size:auto}a{color:inherit}.cure,.code,.statement{break-inside:avoid}pre{white-space:pre-wrap}}
`;
