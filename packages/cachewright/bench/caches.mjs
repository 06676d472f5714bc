/** Caches beside the tools themselves and beside `du` and `rm`: first and later sizing, clearing, memory. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { delimiter, join } from "node:path";
import { rolldown } from "rolldown";
import { keep, madeOnce, usualHome } from "./homes.mjs";
import { peakMemory, subject } from "./measure.mjs";
import { fillConda, fillMillion, fillPip, fillUv } from "./trees.mjs";
import { inTurns, takenOnce } from "./turns.mjs";

const several = availableParallelism() >= 4;

const variables = { uv: "UV_CACHE_DIR", pip: "PIP_CACHE_DIR", conda: "CONDA_PKGS_DIRS" };

/** The built command, in an empty home whose one cache is that directory. */
function commandIn({ command, tool, root, words, state }) {
  const home = join(keep, "empty-home");
  mkdirSync(home, { recursive: true });
  const env = { PATH: process.env.PATH, HOME: home, LANG: "C.UTF-8", CACHEWRIGHT_STATE_DIR: state, [variables[tool]]: root };
  return [[process.execPath, command, ...words], { env }];
}

/** What a person types: the overview of caches, the names in one, clearing it. The first look remembers nothing. */
function commandRows({ command, tool, root, for: purpose }) {
  const state = join(keep, "state-of-command");
  rmSync(state, { recursive: true, force: true });
  mkdirSync(state, { mode: 0o700 });
  const row = (name, words) => {
    const [argv, options] = commandIn({ command, tool, root, words, state });
    return subject(name, argv, options);
  };
  const anew = (name, words) => {
    const [argv, options] = commandIn({ command, tool, root, words, state });
    return subject(name, ["sh", "-c", 'rm -rf "$CACHEWRIGHT_STATE_DIR" && mkdir -m 700 "$CACHEWRIGHT_STATE_DIR" && exec "$@"', "sh", ...argv], options);
  };
  if (purpose === "clearing") return [row("cache clear", ["cache", "clear", tool, "--now", "--yes"])];
  return [
    anew("cache ls, first", ["cache", "ls", "--json"]), row("cache ls, again", ["cache", "ls", "--json"]), row("cache ls, later", ["cache", "ls", "--json"]),
    anew("names, first", ["cache", "ls", tool, "--json"]), row("names, again", ["cache", "ls", tool, "--json"]), row("names, later", ["cache", "ls", tool, "--json"]),
  ];
}

function onPath(name, ...more) {
  return [...more, ...(process.env.PATH ?? "").split(delimiter).map((dir) => join(dir, name))].find((path) => existsSync(path));
}

/** As the build bundles them: the functions in one file, what threads run beside it. */
async function ownProgram() {
  const dir = join(keep, "weigh");
  rmSync(dir, { recursive: true, force: true });
  for (const [input, file] of [["weigh.mjs", "weigh.mjs"], ["../src/machine/tree-worker.ts", "tree-worker.cjs"]]) {
    const made = await rolldown({ input: join(import.meta.dirname, input), platform: "node", tsconfig: false, external: /^node:/ });
    await made.write({ file: join(dir, file), format: file.endsWith("cjs") ? "cjs" : "esm", minify: true });
    await made.close();
  }
  return join(dir, "weigh.mjs");
}

function trees(files) {
  const part = files / 300_000;
  const place = (name, fill) => madeOnce(join(keep, `${name}-${files}`), (dir) => {
    process.stderr.write(`Making ${name} (kept for the next run) …\n`);
    fill(dir);
  });
  return {
    uv: join(place("uv-like", (dir) => fillUv(dir, files)), "uv"),
    pip: place("pip-like", (dir) => fillPip(dir, Math.round(20_000 * part))),
    conda: place("conda-like", (dir) => fillConda(dir, Math.round(3000 * part))),
  };
}

function rivals(tool, root) {
  const pdu = onPath("pdu");
  const uv = onPath("uv", process.env.UV ?? "");
  const pip = tool === "pip" ? usualHome()?.venv : undefined;
  return [
    ...(pdu === undefined ? [] : [subject("pdu", [pdu, "--quantity", "block-size", "--deduplicate-hardlinks", "--max-depth", "1", root])]),
    ...(tool !== "uv" || uv === undefined ? [] : [subject("uv cache size", [uv, "cache", "size", "--preview", "--cache-dir", root])]),
    ...(pip === undefined ? [] : [subject("pip cache info", [join(pip, "bin/pip"), "cache", "info", "--cache-dir", root])]),
  ];
}

function figure(name, value, limit) {
  return { name, value: Number(value.toPrecision(3)), unit: "x", limit, atLeast: false, holds: value <= limit };
}

function sizing({ tool, root, program, command, rounds }) {
  const state = join(keep, "state");
  rmSync(state, { recursive: true, force: true });
  mkdirSync(state, { mode: 0o700 });
  const own = { env: { ...process.env, CACHEWRIGHT_STATE_DIR: state } };
  const best = inTurns([
    subject("node", [process.execPath, "-e", ""]),
    subject("du -s", ["du", "-s", root]),
    subject("first", [process.execPath, program, "weigh", root], own),
    subject("first, one thread", [process.execPath, program, "weigh", root, "1"], own),
    subject("later", [process.execPath, program, "later", root], own),
    ...rivals(tool, root),
    ...commandRows({ command, tool, root, for: "sizing" }),
  ], rounds);
  const du = best["du -s"].wall;
  return {
    milliseconds: best,
    figures: [
      figure(`${tool}: first sizing / du -s`, best.first.wall / du, several ? 1.0 : 1.4),
      figure(`${tool}: later look beyond bare node / du -s`, (best.later.wall - best.node.wall) / du, 0.2),
      figure(`${tool}: cache ls, first / du -s`, best["cache ls, first"].wall / du, several ? 1.0 : 1.4),
      figure(`${tool}: cache ls, later, beyond bare node / du -s`, (best["cache ls, later"].wall - best.node.wall) / du, 0.2),
      ...(best["pip cache info"] === undefined ? [] : [
        figure("pip: cache ls pip, first / pip cache info", best["names, first"].wall / best["pip cache info"].wall, 1.0),
        figure("pip: cache ls pip, later / pip cache info", best["names, later"].wall / best["pip cache info"].wall, 0.3),
      ]),
      ...Object.entries(best).filter(([name]) => /^(?:pdu|uv|pip) ?/.test(name)).map(([name, took]) => figure(`${tool}: first sizing / ${name}`, best.first.wall / took.wall, 1.0)),
    ],
  };
}

/** Each is timed on a copy of its own, which the file system has written out before. */
function clearing({ tool, root, program, command, rounds }) {
  const copy = join(keep, `copy-of-${tool}`);
  const uv = onPath("uv", process.env.UV ?? "");
  const pip = tool === "pip" ? usualHome()?.venv : undefined;
  const ways = [
    subject("rm -rf", ["rm", "-rf", copy]),
    subject("own", [process.execPath, program, "delete", copy]),
    subject("own, one thread", [process.execPath, program, "delete", copy, "1"]),
    ...(tool !== "uv" || uv === undefined ? [] : [subject("uv cache clean", [uv, "cache", "clean", "--cache-dir", copy])]),
    ...(pip === undefined ? [] : [subject("pip cache purge", [join(pip, "bin/pip"), "cache", "purge", "--cache-dir", copy])]),
    ...commandRows({ command, tool, root: copy, for: "clearing" }),
  ];
  const before = () => {
    rmSync(copy, { recursive: true, force: true });
    spawnSync("cp", ["-a", root, copy]);
    spawnSync("sync", ["-f", keep]);
  };
  const best = inTurns(ways, rounds, { before });
  rmSync(copy, { recursive: true, force: true });
  const against = (name, limit) => (best[name] === undefined ? [] : [figure(`${tool}: clearing / ${name}`, best.own.wall / best[name].wall, limit)]);
  const ofCommand = best["cache clear"] === undefined ? [] : [["rm -rf", 1.2], ["uv cache clean", 1.0], ["pip cache purge", 0.6]].flatMap(([name, limit]) => (best[name] === undefined ? [] : [figure(`${tool}: cache clear / ${name}`, best["cache clear"].wall / best[name].wall, limit)]));
  return { milliseconds: best, figures: [...ofCommand, ...against("rm -rf", 1.2), ...against("uv cache clean", 1.0), ...against("pip cache purge", 0.6)] };
}

function memory(program) {
  const million = madeOnce(join(keep, "million"), (dir) => {
    process.stderr.write("Making a million entries (kept for the next run) …\n");
    fillMillion(dir);
  });
  const value = Math.round(peakMemory(subject("weigh", [process.execPath, program, "weigh", million])));
  return { name: "memory at a million entries", value, unit: "MB", limit: 150, atLeast: false, holds: value <= 150 };
}

/**
 * The wall clock counts here, unlike elsewhere: threads are there to save it. On a busy machine look at the processor time
 * beside it. `files`: of the uv-like tree; the others shrink with it.
 */
export async function caches(command, rounds, files) {
  const program = await ownProgram();
  const figures = [];
  const milliseconds = {};
  for (const [tool, root] of Object.entries(trees(files))) {
    const options = { tool, root, program, command };
    for (const [part, measure, times] of [["size", sizing, rounds], ["clear", clearing, takenOnce(rounds)]]) {
      const done = measure({ ...options, rounds: times });
      figures.push(...done.figures);
      for (const [name, took] of Object.entries(done.milliseconds)) milliseconds[`${tool} ${part}: ${name}`] = took;
    }
  }
  if (files >= 300_000) figures.push(memory(program));
  return { figures, milliseconds };
}
