/** A project with as many Dockerfiles, scripts and CI files as a large one has, of the sizes they have there. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { keep, madeOnce } from "./homes.mjs";

export const lintedFiles = 600;

function dockerfile(i) {
  const steps = 4 + (i % 12);
  return [
    "# syntax=docker/dockerfile:1", `ARG PYTHON=3.${8 + (i % 6)}`, "FROM python:${PYTHON}-slim AS build", "ENV PYTHONUNBUFFERED=1 \\", "    PIP_DISABLE_PIP_VERSION_CHECK=1 \\", `    POETRY_VERSION=1.${i % 9}.0`, "WORKDIR /app",
    "RUN apt-get update \\", "    && apt-get install -y --no-install-recommends \\", ...Array.from({ length: 6 + (i % 10) }, (_, n) => `        lib-of-number-${n}-${i} \\`), "        build-essential \\", "    && rm -rf /var/lib/apt/lists/*",
    "COPY requirements.txt .", i % 2 === 0 ? "RUN --mount=type=cache,target=/root/.cache/pip pip install -r requirements.txt" : "RUN pip install -r requirements.txt",
    ...Array.from({ length: steps }, (_, n) => [`# part ${n} of ${i}`, "RUN set -eux; \\", `    if [ -f "setup-${n}.cfg" ]; then pip install --no-cache-dir ".[extra${n}]"; fi; \\`, `    for name in a b c; do python -m compileall "/app/$name" || true; done`, `COPY part${n}/ /app/part${n}/`]).flat(),
    "RUN <<EOF", "set -e", "useradd -m -u 1000 app", `echo "image ${i}" > /etc/image`, "EOF",
    `FROM python:3.${8 + (i % 6)}-slim`, "COPY --from=build /usr/local /usr/local", "USER app", 'CMD ["python", "-m", "app"]', "",
  ].join("\n");
}

function script(i) {
  const parts = Array.from({ length: 5 + (i % 20) }, (_, n) => [
    `step_${n}() {`, `  local name="$1" count=${n}`, `  if [[ -z "\${name:-}" ]]; then`, `    echo "usage: step ${n}" >&2; return ${n % 3}`, "  fi", `  python3 -m pip install --upgrade "pkg${n}==1.\${count}.${i}" || { echo failed; exit 1; }`,
    `  tar -xzf "$name-${n}.tar.gz" -C "$HOME/build" && (cd "$HOME/build" && ./configure --prefix=/usr/local > build.log 2>&1)`, "}",
  ]).flat();
  return ["#!/usr/bin/env bash", `# script ${i}`, "set -euo pipefail", 'HERE="$(cd "$(dirname "$0")" && pwd)"', ...parts, `step_0 "$HERE"`, ""].join("\n");
}

function workflow(i) {
  const jobs = Array.from({ length: 1 + (i % 4) }, (_, n) => [
    `  job${n}:`, "    runs-on: ubuntu-latest", "    steps:", "      - uses: actions/checkout@v4", "      - uses: actions/setup-python@v5", "        with:", `          python-version: "3.${8 + (i % 6)}"`, "          cache: pip",
    "      - name: Install", "        run: |", "          python -m pip install --upgrade pip", `          pip install -r requirements-${n}.txt`, "      - run: pytest -q", "",
  ]).flat();
  return [`name: ci-${i}`, "on: [push, pull_request]", "jobs:", ...jobs].join("\n");
}

/** The directory they lie in. */
export function lintProject() {
  return madeOnce(join(keep, "lint-project"), (dir) => {
    for (let i = 0; i < lintedFiles; i++) {
      const at = join(dir, `service-${Math.floor(i / 10)}`, i % 20 < 3 ? ".github/workflows" : "");
      mkdirSync(at, { recursive: true });
      const [name, text] = i % 20 < 3 ? [`ci-${i}.yml`, workflow(i)] : i % 20 < 8 ? [`run-${i}.sh`, script(i)] : [`Dockerfile.v${i}`, dockerfile(i)];
      writeFileSync(join(at, name), text);
    }
  });
}
