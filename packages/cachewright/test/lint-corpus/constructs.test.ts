/** Every construct that the files of the corpus have, in small files of our own: what lint says does not hang on files that are elsewhere. */
import { describe, expect, it } from "vitest";
import { lintText } from "../../src/lint/lint-text.ts";

interface Construct {
  readonly name: string;
  readonly text: readonly string[];
  /** "line rule" */
  readonly says: readonly string[];
}

const constructs: readonly Construct[] = [
  {
    name: "one command of a chain has the option, the others have not, in an environment called by its path",
    text: ["FROM python:3.13-alpine", "RUN apk add --no-cache --virtual .build gcc && \\", "    python -m venv venv && \\", "    /srv/venv/bin/python -m pip install --upgrade pip && \\", "    venv/bin/pip debug && \\", "    venv/bin/pip install -r requirements.txt --no-cache-dir &&\\", "    apk --purge del .build"],
    says: ["4 layer-keeps-cache"],
  },
  {
    name: "a variable switches off what mounts with an argument in their place are for, with pyenv before pip",
    text: ["FROM debian:bookworm-slim", "ENV PIP_NO_CACHE_DIR=off", "ARG WORKER=dev", "ENV HOME=/home/$WORKER", "USER $WORKER", "RUN --mount=type=cache,target=/home/$WORKER/.cache/pip \\", "    pyenv exec python3.13 -m pip install -r a.txt && \\", "    pyenv exec pypy3.11 -m pip install -r a.txt"],
    says: ["2 no-cache-truth-value", "6 cache-mount-unused"],
  },
  {
    name: "an option makes the mount useless",
    text: ["FROM ubuntu:24.04", "ENV UV_LINK_MODE=copy", "RUN --mount=type=cache,target=/root/.cache/uv,sharing=locked,id=uv-$TARGETARCH \\", "    echo install \\", "    && uv sync \\", "        --no-cache \\", "        --all-extras"],
    says: ["6 cache-mount-unused"],
  },
  {
    name: "pip's variable does not hold for uv, and npm's option is not pip's",
    text: ["FROM python:3.11-slim", "ENV PIP_NO_CACHE_DIR=1", "RUN pip install uv \\", "  && uv pip install --system -U /tmp/dist/*.whl \\", "  && npm install --no-cache-dir tool"],
    says: ["4 layer-keeps-cache"],
  },
  {
    name: "an environment of micromamba, and pip run in it",
    text: ["FROM mambaorg/micromamba:debian12", "RUN micromamba create -n a python=3.10 pip", "RUN micromamba run -n a pip install -r requirements.txt", "RUN micromamba create -y -f /tmp/b.yaml && \\", "    micromamba clean --all --yes"],
    says: ["2 layer-keeps-cache", "3 layer-keeps-cache"],
  },
  {
    name: "wheels from another stage, and the option cut short",
    text: ["FROM python:3.14-slim AS builder", "RUN pip wheel --wheel-dir /wheels -r requirements.txt", "FROM python:3.14-slim", "RUN --mount=type=bind,target=/wheels,source=/wheels,from=builder \\", "    pip install --upgrade pip && \\", "    pip install --no-cache /wheels/*"],
    says: ["5 layer-keeps-cache"],
  },
  {
    name: "the place of the cache by an argument, by an option, and a mount above it",
    text: ["FROM python:3.14-slim AS one", "ARG PIP_CACHE_DIR=/tmp/pip-cache", "RUN --mount=type=cache,target=${PIP_CACHE_DIR} \\", "    --mount=type=cache,from=other,source=/w,target=/w \\", "    pip install -r a.txt", "RUN --mount=type=cache,id=pip,sharing=locked,target=/tmp/c case \"$TARGETPLATFORM\" in \\", "    linux/arm/v7) echo skipped ;; \\", "    *) pip install --cache-dir=/tmp/c x || echo failed ;; \\", "  esac", "FROM one", "ENV PIP_CACHE_DIR=", "RUN --mount=type=cache,target=/root/.cache (python -m venv v && . v/bin/activate && pip3 install -U pip)"],
    says: [],
  },
  {
    name: "here-documents with a script, with tabs, and a script that only writes one",
    text: ["FROM python:3.13-slim", "ENV UV_LINK_MODE=copy", "RUN --mount=type=cache,target=/root/.cache/uv <<EOF", "  for group in $(echo \"$groups\" | tr ',' ' '); do", "    flags=\"$flags --group $group\"", "  done", "  uv sync $flags", "EOF", "RUN <<-\"END\"", "\tpip install x", "\tEND", "COPY <<EOF /notes", "pip install y", "EOF"],
    says: ["10 layer-keeps-cache"],
  },
  {
    name: "emptied in the same step, by semicolons, with removals of other things between",
    text: ["FROM python:3.11-slim", "RUN set -eux; \\", "    python -m pip install --upgrade pip; \\", "    python -m pip install -r requirements.txt; \\", "    apt-get purge -y gcc; \\", "    rm -rf /var/lib/apt/lists/*; \\", "    rm -rf /root/.cache"],
    says: [],
  },
  {
    name: "emptied in a stage that continues the one that filled it",
    text: ["FROM ubuntu:22.04 AS base_build", "RUN python3.10 -m pip install pip --upgrade", "RUN pip3 --no-cache-dir install \\", "    future>=0.17.1 \\", "    six", "FROM base_build AS clean_build", "RUN bazel clean --expunge && \\", "    rm -rf /root/.cache"],
    says: ["2 layer-keeps-cache", "8 cache-cleaned-too-late"],
  },
  {
    name: "stages chosen by an argument, functions of a system's Python, braces that lead elsewhere",
    text: ["ARG BASEIMGTYPE=docker", "FROM debian:12.2-slim AS base-docker", "FROM base-${BASEIMGTYPE} AS base", "RUN if [ \"$TARGETARCH\" = armv7 ]; then export PIP_EXTRA_INDEX_URL=x; fi; \\", "    pip3 install \\", "    --break-system-packages --no-cache-dir \\", "    -r /r.txt \\", "    && rm -rf /tmp/* /var/{cache,log}/*"],
    says: ["6 pep668-override"],
  },
  {
    name: "steps for images built from this one, with conda's options in another order",
    text: ["FROM ubuntu:24.04", "USER jovyan", "RUN mamba install conda-lock -y \\", "    && mamba clean -afy", "ONBUILD RUN echo look \\", "        ; [ -d binder ] && cd binder \\", "        # a comment between continued lines", "        ; if test -f conda-lock.yml ; then conda-lock install --name x \\", "        ; else mamba create --name x y \\", "        ; fi \\", "        && mamba clean -yaf", "ONBUILD RUN ${PREFIX}/bin/pip install --no-cache -r requirements.txt"],
    says: [],
  },
  {
    name: "packages that shall stay in the cache, and clean -p beside the others",
    text: ["FROM nvidia/cuda:12.4.1-devel-ubuntu22.04", "RUN . /opt/conda/etc/profile.d/conda.sh && conda activate && \\", "    conda create -n t --yes --download-only a && \\", "    conda clean -iy", "FROM condaforge/miniforge3:25.11.0-0", "RUN export G_SLICE=always-malloc \\", "    && mamba install -y a \\", "    && mamba clean -tipy \\", "    && rm -rf /opt/conda/pkgs"],
    says: [],
  },
  {
    name: "stages that are not shipped, and one that is shipped by being copied whole",
    text: ["FROM python:3.11-slim AS base", "RUN pip install --no-cache-dir -r r.txt", "FROM base AS dev", "RUN pip install watchdog", "FROM base AS build", "RUN pip install x", "FROM base", "COPY --from=build / /"],
    says: ["6 layer-keeps-cache"],
  },
  {
    name: "sudo before the tools of a place that root made",
    text: ["FROM cimg/base", "RUN sudo bash /tmp/miniconda.sh -bfp /opt/conda/ \\", "    && sudo /opt/conda/bin/conda install -y conda \\", "    && sudo /opt/conda/bin/conda clean --all --yes", "RUN sudo /opt/conda/bin/pip install codecov \\", "    && sudo rm -rf ~root/.cache/pip", "RUN sudo pip install --no-cache-dir codecov"],
    says: ["7 sudo-pip"],
  },
  {
    name: "modes for everybody, on the tools' places and on others",
    text: ["FROM condaforge/miniforge3", "RUN <<EOF", "mkdir /data", "chmod 777 /data", "conda clean -afy", "chmod -R 777 /opt/conda", "EOF", "RUN chmod 1777 /tmp && chmod -R 777 /var/lib/app && chmod +x /start.sh"],
    says: ["6 chmod-open-to-all"],
  },
  {
    name: "an ordinary user's own packages",
    text: ["FROM nvidia/cuda:11.1.1-cudnn8-devel-ubuntu18.04", "RUN useradd -m app", "USER app", "WORKDIR /home/app", "RUN pip install --user 'git+https://example.org/x'", "RUN pip install --user --no-cache-dir -e x"],
    says: ["5 layer-keeps-cache"],
  },
  {
    name: "apt's caches, shared and locked",
    text: ["FROM debian:trixie", "RUN --mount=type=cache,target=/var/lib/apt \\", "    --mount=type=cache,target=/var/cache/apt,sharing=locked \\", "    apt-get update && apt-get install -y git"],
    says: ["2 cache-mount-sharing"],
  },
  {
    name: "uv on a mount, told to copy and not told",
    text: ["FROM python:3.12 AS a", "COPY --from=ghcr.io/astral-sh/uv:0.12.1 /uv /uvx /bin/", "RUN --mount=type=cache,target=/root/.cache/uv \\", "    --mount=type=bind,source=uv.lock,target=uv.lock \\", "    uv sync --locked --no-install-project", "FROM python:3.12", "RUN --mount=type=cache,target=/root/.cache/uv UV_LINK_MODE=copy uv sync"],
    says: ["5 uv-link-mode"],
  },
  {
    name: "branches that end with a semicolon before the line does",
    text: ["FROM ubuntu:24.04", "RUN \\", "    if echo \"$SRC\" | grep -q true; then \\", "        python -m pip install -r dev.txt;\\", "    else \\", "        python3 -m pip install --no-cache-dir thing;\\", "    fi"],
    says: ["4 layer-keeps-cache"],
  },
  {
    name: "images that switch the cache off, and images that were built on the spot",
    text: ["FROM registry.access.redhat.com/ubi9/python-312-minimal:latest AS a", "RUN . /tmp/env && pip install x", "FROM our-builder:latest", "RUN pip install x"],
    says: [],
  },
  {
    name: "a base image in quotes, indented instructions, an image for Windows",
    text: ["ARG PROXY=", "FROM \"${PROXY}python:3.12-slim\"", "    WORKDIR /srv", "    RUN pip install poetry", "FROM mcr.microsoft.com/windows/servercore:ltsc2022", "SHELL [\"powershell\", \"-Command\"]", "RUN $url = 'x'; pip install y"],
    says: [],
  },
  {
    name: "a file whose name is found when it runs, with its extras",
    text: ["ARG BASE_IMAGE=locustio/locust", "FROM ${BASE_IMAGE}", "USER root", "RUN pip install \"$(echo dist/*.whl)[otel]\" && rm -rf dist"],
    says: ["4 layer-keeps-cache"],
  },
];

describe("constructs of the wild", () => {
  it.each(constructs.map((construct) => [construct.name, construct] as const))("%s", (_, { text, says }) => {
    const { results, fault, unread } = lintText(`${text.join("\n")}\n`, { path: "Dockerfile", kind: "dockerfile" });
    expect(fault).toBeUndefined();
    expect(unread.filter(({ why }) => !why.includes("shell is none of"))).toEqual([]);
    expect(results.map(({ line, rule }) => `${line} ${rule}`)).toEqual(says);
  });
});
