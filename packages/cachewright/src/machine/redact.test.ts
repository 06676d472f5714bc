import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { redact } from "./redact.ts";

/** What RFC 3986 lets stand in a password without an escape, but for the quotation mark. */
const plain = fc.string({ unit: fc.constantFrom(..."abcXYZ019-._~!$&()*+,;="), minLength: 4, maxLength: 24 });
const secret = fc.oneof(plain, fc.string({ unit: "grapheme", minLength: 4 }).map((text) => encodeURIComponent(text).replaceAll("'", "%27"))).map((text) => `q7${text}7q`);
const host = fc.constantFrom("index.example", "index.example:8443", "[::1]:8080", "127.0.0.1");
const scheme = fc.constantFrom("https", "http", "git+https", "svn+ssh", "ftp", "HTTPS");

describe("redact", () => {
  it("lets no password of a URL through, wherever the URL stands", () => {
    const around = fc.constantFrom<(url: string) => string>((url) => url, (url) => `Looking in indexes: ${url}, https://pypi.example/simple`, (url) => `"${url}"`, (url) => `(${url})`, (url) => `index-url = ${url}\n`, (url) => `<${url}>`);
    const parts = fc.record({ kind: scheme, name: fc.constantFrom("me", "", "__token__"), password: secret, at: host, path: fc.constantFrom("", "/", "/simple/x?y=1"), put: around });
    fc.assert(fc.property(parts, ({ kind, name, password, at, path, put }) => {
      const text = redact(put(`${kind}://${name}:${password}@${at}${path}`));
      expect(text).not.toContain(password);
      expect(text).toContain(`${kind}://***@${at}${path}`);
    }));
  });

  it("lets no lone token before the host through", () => {
    fc.assert(fc.property(secret.filter((text) => !text.includes(":")), host, (token, at) => {
      expect(redact(`https://${token}@${at}/simple`)).toBe(`https://***@${at}/simple`);
    }));
  });

  it.each(["token", "access_token", "accesstoken", "api_key", "apikey", "key", "password", "secret", "signature", "sig", "auth", "private_token"])("takes the value of the parameter %s", (name) => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(..."abcXYZ019-._~%+/="), minLength: 1 }).map((text) => `q7${text}7q`), (value) => {
      const text = redact(`https://host/x?a=1&${name}=${value}&b=2`);
      expect(text).not.toContain(value);
      expect(text).toContain(`https://host/x?a=1&${name}=***`);
      expect(redact(`https://host/x?${name}=${value}`)).toBe(`https://host/x?${name}=***`);
    }));
  });

  it.each([
    ["Authorization: Basic bWU6aHVudGVyMg==", "Authorization: ***"],
    ["authorization: Bearer abc.def-ghi", "authorization: ***"],
    ["Proxy-Authorization: Basic bWU6aHVudGVyMg==", "Proxy-Authorization: ***"],
    ["PIP_PASSWORD=hunter2", "PIP_PASSWORD=***"],
    ["UV_INDEX_CORP_PASSWORD='hunter2'", "UV_INDEX_CORP_PASSWORD=***"],
    ["password = hunter2", "password = ***"],
    ["TWINE_API_KEY=abc", "TWINE_API_KEY=***"],
    ["uploading with pypi-AgEIcHlwaS5vcmcCJDAwMDAwMDAw now", "uploading with *** now"],
    ["remote: ghp_0123456789abcdefghijABCDEFGHIJ012345", "remote: ***"],
    ["glpat-0123456789abcdefghij", "***"],
  ])("turns %s into %s", (text, kept) => {
    expect(redact(text)).toBe(kept);
  });

  it("leaves ordinary text as it is", () => {
    const ordinary = [
      "WARNING: The directory '/home/me/.cache/pip' or its parent directory is not owned",
      "see https://pip.pypa.io/warnings/venv and mail ada@example.org", "git+https://github.com/x/y@v1.0#egg=y", "https://host:8443/a/b@2", "ssh git@github.com:x/y.git",
      "no-cache-dir = 0", "PIP_CACHE_DIR=/c", "user:me:r-x", "~/.config/pip/pip.conf:3", "/home/me/@scope/pkg", "keyword=value", "?keyword=x", "tokenizers==0.15", "12:30:01 a=b",
    ];
    for (const text of ordinary) expect(redact(text)).toBe(text);
  });

  it("leaves alone what has none of the marks a secret needs", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }).filter((text) => !/[@=:?&]|pypi-|gh[pousr]_|github_pat_|glpat-/.test(text)), (text) => {
      expect(redact(text)).toBe(text);
    }));
  });

  it("has nothing more to do the second time", () => {
    fc.assert(fc.property(fc.array(fc.oneof(secret.map((text) => `https://me:${text}@host/`), fc.string(), fc.constant("password = hunter2"))).map((parts) => parts.join(" ")), (text) => {
      expect(redact(redact(text))).toBe(redact(text));
    }));
  });

  it.each(["a:", "https://", "password ", "https://a:b://", "proxy me:"])("takes its time in proportion to a text of %j over and over", (part) => {
    const cost = (times: number): number => Math.min(...Array.from({ length: 12 }, () => {
      const started = performance.now();
      redact(`${part.repeat(times)}=`);
      return performance.now() - started;
    }));
    cost(1000);
    // Eight times the text: eight times the work, sixty-four times where matching is quadratic. Both are done within the
    // turn that a busy machine gives.
    expect(cost(8000) / Math.max(cost(1000), 0.02)).toBeLessThan(32);
  });
});

describe("secrets as people write them", () => {
  const written: readonly [string, string][] = [
    ["a quotation mark in a password, which encodeURIComponent leaves", "https://me:hunt'er2@host/"],
    ["an @ in a password, typed as it is", "https://me:pw@hunter2@host/"],
    ["a / in a password, typed as it is", "https://me:pw/hunter2@host/"],
    ["a proxy without a scheme", "proxy = me:hunter2@proxy:3128"],
    ["a signed address of S3", "https://b.s3.example/x?X-Amz-Signature=hunter2&y=1"],
    ["a fine-grained token of GitHub", "github_pat_11hunter2AAAAAAAAAAAAAAAAAAAAAA"],
    ["a password with blanks, quoted", "password = 'my hunter2 here'"],
    ["a password after a colon", "password: hunter2"],
  ];
  for (const [what, text] of written) it(`stops ${what}`, () => expect(redact(text)).not.toMatch(/hunter2|er2/));

  it("leaves ports, versions and paths of addresses alone", () => {
    for (const text of ["https://host:8080/path@v1", "git+https://host/repo@1.0", "proxy = host:3128", "index https://host:443", "unexpected token: x"]) expect(redact(text)).toBe(text);
  });
});
