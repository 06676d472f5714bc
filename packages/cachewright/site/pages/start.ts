import { html } from "../../src/report/html/markup.ts";
import { codeBlock } from "../code-block.ts";
import type { SitePage } from "../site-page.ts";
import { to } from "../words.ts";

export interface StartFigures {
  readonly problems: number;
  readonly messages: number;
  readonly statements: number;
  readonly tools: readonly string[];
  readonly hasLint: boolean;
}

/** What it is, the search by red text, and the two commands. */
export function startPage({ problems, messages, statements, tools, hasLint }: StartFigures): SitePage {
  const summary = "Finds out why pip, conda, uv and their like cannot write, will not cache or fill the disk; proves it on your machine, and cures it with a plan that can be undone.";
  const main = html`<h1>Why will it not install?</h1>
<p class="lead">Cachewright finds out why pip, conda, uv and their like cannot write, will not cache or fill the disk. It proves the cause on your machine, and cures it with a plan that you read before anything happens and can take back.</p>
<section class="paste" role="search" aria-label="Find by message" data-search="site:" hidden>
<label for="paste"><b>Paste the red text</b></label>
<textarea id="paste" rows="4" spellcheck="false" autocomplete="off" placeholder="ERROR: Could not install packages due to an OSError: [Errno 13] Permission denied: …" aria-describedby="paste-about"></textarea>
<p id="paste-about" class="caption">A whole log will do. It is read by the same code as <code>cachewright explain</code>, here in your browser, and sent nowhere.</p>
<div class="results"></div>
</section>
<noscript><p>Without scripts: look your message up in the ${to("problems/messages.html", `list of ${messages} messages`)}.</p></noscript>
<h2 id="two-commands">Two commands</h2>
<dl class="examples">
<div><dt>${codeBlock("cachewright doctor", "Command")}</dt><dd>Looks, and changes nothing: what is wrong here, with evidence you can check, and the gentlest cure. Details: ${to("commands/doctor.html", "doctor")}.</dd></div>
<div><dt>${codeBlock("cachewright fix", "Command")}</dt><dd>Shows the cure as a plan, asks, applies it, proves that it worked. ${to("commands/undo.html", "undo")} takes it back. Details: ${to("commands/fix.html", "fix")}.</dd></div>
</dl>
<p>How to get it, and a whole session: the ${to("readme.html", "readme")}. Something failed elsewhere? ${to("commands/explain.html", html`<code>cachewright explain pip.log</code>`)} reads the log of any machine.</p>
<h2 id="look-up">Look up</h2>
<dl class="entries tiles">
<div><dt>${to("problems/index.html", `${problems} problems`)}</dt><dd>By severity, ${to("problems/by-tool.html", "by tool")} or ${to("problems/messages.html", "by message")}: how it looks, why, the proof, the cures.</dd></div>
<div><dt>${to("guides.html", "What the guides get wrong")}</dt><dd>${statements} statements, each tested: <code>sudo pip</code>, <code>chmod 777</code>, <code>PIP_NO_CACHE_DIR=0</code> …</dd></div>
<div><dt>${to("settings/index.html", "Settings")}</dt><dd>${tools.length} tools, their settings, files and places, by system and version.</dd></div>
<div><dt>${to("commands/index.html", "Commands")}</dt><dd>Options, examples, exit codes and ${to("schemas/index.html", "JSON schemas")}.</dd></div>
${hasLint ? html`<div><dt>${to("lint/index.html", "Lint rules")}</dt><dd>For Dockerfiles, CI files and shell scripts.</dd></div>` : undefined}</dl>
<h2 id="promises">What you can rely on</h2>
<ul>
<li><b>True.</b> A finding rests on evidence that you can check. No guess is printed as a fact; what could not be read is said.</li>
<li><b>Harmless.</b> Looking changes nothing. A cure touches what it listed, refuses when the world has changed since, and can be undone, or says before that it cannot.</li>
<li><b>Private.</b> No telemetry, and no network in looking. Secrets reach neither output nor journal.</li>
<li>It never advises <code>sudo pip</code> or <code>chmod 777</code>.</li>
</ul>`;
  return { path: "index.html", title: "Cachewright: why will it not install?", summary, above: [], main, search: [] };
}
