import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keptEnvironment } from "./environment.ts";

describe("keptEnvironment", () => {
  it("keeps what decides where tools read and write, and nothing else", () => {
    const kept = keptEnvironment({
      HOME: "/home/me", PATH: "/bin", TMPDIR: "/tmp", LC_ALL: "C", XDG_CACHE_HOME: "/c", PIP_NO_CACHE_DIR: "0", PYTHONNOUSERSITE: "1", VIRTUAL_ENV: "/v",
      PYENV_VERSION: "3.11", CONDA_PREFIX: "/conda", UV_CACHE_DIR: "/uv", SUDO_UID: "1000", container: "lxc",
      AWS_SECRET_ACCESS_KEY: "x", GITHUB_TOKEN: "x", SSH_AUTH_SOCK: "x", EDITOR: "vi", SUDO_COMMAND: "/usr/bin/pip install --index-url https://me:pw@host",
      MY_PIP_CACHE_DIR: "/x", HISTFILE: "x",
    });
    expect(Object.keys(kept)).toEqual(["CONDA_PREFIX", "HOME", "LC_ALL", "PATH", "PIP_NO_CACHE_DIR", "PYENV_VERSION", "PYTHONNOUSERSITE", "SUDO_UID", "TMPDIR", "UV_CACHE_DIR", "VIRTUAL_ENV", "XDG_CACHE_HOME", "container"]);
  });

  it("keeps an empty value: it is not the same as none", () => {
    expect(keptEnvironment({ HOME: "", XDG_CACHE_HOME: undefined })).toEqual({ HOME: "" });
  });

  it.each([
    ["PIP_INDEX_URL", "https://me:hunter2@index.example/simple", "https://***@index.example/simple"],
    ["PIP_EXTRA_INDEX_URL", "https://me:hunter2@a.example https://hunter2@b.example", "https://***@a.example https://***@b.example"],
    ["PIP_PROXY", "http://me:hunter2@proxy:3128", "http://***@proxy:3128"],
    ["PIP_PROXY", "me:hunter2@proxy:3128", "***@proxy:3128"],
    ["PIP_PROXY", "me:hun/ter@2@proxy:3128", "***@proxy:3128"],
    ["PIP_PROXY", "proxy:3128", "proxy:3128"],
    ["UV_INDEX_CORP_PASSWORD", "hunter2", "***"],
    ["PIP_TOKEN", "hunter2", "***"],
    ["CONDA_API_KEY", "hunter2", "***"],
  ])("takes the secret out of %s=%s", (name, value, kept) => {
    expect(keptEnvironment({ [name]: value })).toEqual({ [name]: kept });
  });

  it("lets no password of an index pass, whatever it is made of", () => {
    // What a URL may carry there unescaped (RFC 3986, userinfo).
    const secret = fc.string({ unit: fc.constantFrom(..."abcXYZ019-._~!$&()*+,;=%"), minLength: 6 }).map((text) => `q7${text}q7`);
    fc.assert(fc.property(secret, fc.constantFrom("PIP_INDEX_URL", "PIP_PROXY", "PIP_FIND_LINKS", "UV_INDEX_URL"), (password, name) => {
      expect(JSON.stringify(keptEnvironment({ [name]: `https://me:${password}@host.example/simple` }))).not.toContain(password);
    }));
  });
});
