import { describe, expect, it } from "vitest";
import { fixed, found, resultsOf } from "../../example-lint.ts";

const code = "layer-keeps-cache";
const from = "FROM python:3.12\n";

describe("finds", () => {
  it.each([
    ["pip", `${from}RUN pip install x\n`, ["pip install"]],
    ["pip by python -m", `${from}RUN python3 -m pip install -r r.txt\n`, ["python3 -m pip install"]],
    ["each of several", `${from}RUN pip install a && pip3 install --no-cache-dir b && pip wheel c\n`, ["pip install", "pip wheel"]],
    ["an empty PIP_NO_CACHE_DIR, which pip ignores", `${from}ENV PIP_NO_CACHE_DIR=\nRUN pip install x\n`, ["pip install"]],
    ["a variable that comes too late", `${from}RUN pip install x\nENV PIP_NO_CACHE_DIR=1\n`, ["pip install"]],
    ["emptied one layer too late", `${from}RUN pip install x\nRUN pip cache purge\n`, ["pip install"]],
    ["something else emptied", `${from}RUN pip install x && rm -rf /var/lib/apt/lists/*\n`, ["pip install"]],
    ["another user's cache emptied", `${from}RUN useradd -m app\nUSER app\nRUN pip install x; rm -rf /root/.cache/pip\n`, ["pip install"]],
    ["poetry, pipenv, pdm", `${from}RUN poetry install\nRUN pipenv install --system\nRUN pdm sync\n`, ["poetry install", "pipenv install", "pdm sync"]],
    ["conda, once in a step", `FROM continuumio/miniconda3\nRUN conda install -y a && conda env update -f e.yml && conda clean -iy\n`, ["conda install"]],
    ["a stage that the last one continues", `${from.trim()} AS base\nRUN pip install x\nFROM base\n`, ["pip install"]],
    ["a stage that is copied whole", `${from.trim()} AS b\nRUN pip install x\nFROM scratch\nCOPY --from=b / /\n`, ["pip install"]],
    ["conda's whole directory is copied", "FROM continuumio/miniconda3:latest AS b\nRUN conda create -n a -y b\nFROM nvidia/cuda:12.6.3-cudnn-devel-ubuntu22.04\nCOPY --from=b /opt/conda /opt/conda\n", ["conda create"]],
    ["in a here-document", `${from}RUN <<E\nset -e\npip install x\nE\n`, ["pip install"]],
    ["pyenv's Python", `${from}RUN pyenv exec python3.12 -m pip install x\n`, ["python3.12 -m pip install"]],
    ["a single file from another stage, and what it needs", `${from.trim()} AS b\n${from}RUN --mount=type=bind,from=b,source=/w,target=/w pip install /w/x.whl[extra] y\n`, ["pip install"]],
    ["only the index switched off by nothing", `${from}RUN --mount=type=bind,source=.,target=/src pip install /src\n`, ["pip install"]],
  ])("%s", (_, text, expected) => {
    expect(found(code, text)).toEqual(expected);
  });

  it("uv as a note, since hard links cost nothing, and as a warning where it copies", () => {
    expect(resultsOf(code, `${from}RUN uv sync\n`).map(({ level }) => level)).toEqual(["note"]);
    expect(resultsOf(code, `${from}ENV UV_LINK_MODE=copy\nRUN uv pip install --system x\n`).map(({ level }) => level)).toEqual(["warning"]);
  });
});

describe("says nothing where", () => {
  it.each([
    ["the cache is off", `${from}RUN pip install --no-cache-dir x && pip --no-cache-dir install y && pip install --no-cache z\n`],
    ["a variable says so", `${from}ENV PIP_NO_CACHE_DIR=off\nRUN pip install x\n`],
    ["the default of an ARG says so", `${from}ARG PIP_NO_CACHE_DIR=1\nRUN pip install x\n`],
    ["an ARG may say so", `${from}ARG PIP_NO_CACHE_DIR\nRUN pip install x\n`],
    ["the shell says so", `${from}RUN export PIP_NO_CACHE_DIR=1 && pip install x\nRUN PIP_NO_CACHE_DIR=1 pip install y\nRUN env PIP_NO_CACHE_DIR=1 pip install z\n`],
    ["the shell may say so", `${from}RUN if a; then export PIP_NO_CACHE_DIR=1; fi; pip install x\n`],
    ["the image says so", "FROM registry.access.redhat.com/ubi8/python-38:1\nRUN pip install x\n"],
    ["options are put in", `${from}RUN pip install $FLAGS x\n`],
    ["a mount holds it", `${from}RUN --mount=type=cache,target=/root/.cache/pip pip install x\nRUN --mount=type=cache,target=/root/.cache pip install x\n`],
    ["a mount holds it where a variable says", `${from}ENV PIP_CACHE_DIR=/c/pip\nRUN --mount=type=cache,target=/c pip install x\n`],
    ["a mount misses it, which is another rule's", `${from}USER 1000\nENV HOME=/h\nRUN --mount=type=cache,target=/root/.cache/pip pip install x\n`],
    ["it is emptied in the same RUN", `${from}RUN pip install x && pip cache purge\nRUN pip install x; rm -rf ~/.cache\nRUN pip install x && rm -fr /root/.cache/*\nRUN pip install x && rm -rf /root/.{cache,npm}\n`],
    ["it is emptied, and nobody knows where it is", "FROM example.org/x\nRUN pip install x && rm -rf /home/y/.cache\n"],
    ["others only copy results", `${from.trim()} AS b\nRUN pip install --prefix=/i x\nFROM python:3.12-slim\nCOPY --from=b /i /usr/local\n`],
    ["nothing is downloaded", `${from}RUN pip install --no-deps . && pip install --no-index --find-links=/w x && pip list && pip install --help\n`],
    ["a pip.conf may say so", `${from}COPY pip.conf /etc/pip.conf\nRUN pip install x\n`],
    ["conda cleans up", "FROM continuumio/miniconda3\nRUN conda install -y a && conda clean --all --yes\nRUN mamba install -y b && mamba clean -ay\nRUN micromamba install -y c && micromamba clean --all --yes\nRUN conda install d && rm -rf /opt/conda/pkgs\n"],
    ["uv prunes, or uses none", `${from}RUN uv sync && uv cache prune --ci\nRUN uv sync --no-cache\nRUN uv pip install --no-cache-dir x\n`],
    ["poetry's directory is removed", `${from}ENV POETRY_CACHE_DIR=/tmp/p\nRUN poetry install && rm -rf $POETRY_CACHE_DIR\n`],
    ["one environment of conda is copied", "FROM continuumio/miniconda3 AS b\nRUN conda create -n a -y b\nFROM debian:trixie\nCOPY --from=b /opt/conda/envs/a /opt/conda/envs/a\n"],
    ["conda shall only download", "FROM continuumio/miniconda3\nRUN conda install -y --download-only a && conda clean -iy\n"],
    ["the image is built here, and may say so", "FROM our-base:latest\nRUN pip install x\n"],
    ["another stage made all the wheels", `${from.trim()} AS b\nFROM python:3.12-slim\nRUN --mount=type=bind,from=b,source=/w,target=/w pip install -U /w/*.whl\n`],
    ["it is only talked about", `${from}RUN echo pip install x\nCMD pip install x\n`],
  ])("%s", (_, text) => {
    expect(found(code, text)).toEqual([]);
  });
});

describe("puts right", () => {
  it.each([
    [`${from}RUN pip install x && \\\n    pip3 install y\n`, `${from}RUN pip install --no-cache-dir x && \\\n    pip3 install --no-cache-dir y\n`],
    [`${from}RUN uv pip install x\n`, `${from}RUN uv pip install --no-cache x\n`],
    ["FROM continuumio/miniconda3\nRUN conda install -y a > /dev/null && echo ok\n", "FROM continuumio/miniconda3\nRUN conda install -y a > /dev/null && conda clean -afy && echo ok\n"],
    ["FROM mambaorg/micromamba\nRUN micromamba install -y a\n", "FROM mambaorg/micromamba\nRUN micromamba install -y a && micromamba clean -ay\n"],
    [`${from}RUN ["pip", "install", "x"]\n`, `${from}RUN ["pip", "install", "x"]\n`],
  ])("%j", (text, expected) => {
    expect(fixed(code, text)).toBe(expected);
  });
});
