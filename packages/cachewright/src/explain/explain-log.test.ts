import { describe, expect, it } from "vitest";
import { allMessages } from "../problems/messages.generated.ts";
import { explainLog, explainText } from "./explain-log.ts";

const notOwned = (path: string, end = "you should use sudo's -H flag."): string =>
  `WARNING: The directory '${path}' or its parent directory is not owned or is not writable by the current user. The cache has been disabled. Check the permissions and owner of that directory. If executing pip with sudo, ${end}`;
const install = (error: string, hint = ""): string => `ERROR: Could not install packages due to an OSError: ${error}\n${hint}`;
const useUser = "Consider using the `--user` option or check the permissions.\n";
const problems = (log: string): string[] => explainText(log).findings.map(({ problem }) => problem);

describe("explainLog", () => {
  it("says what failed, where, in whose words, and from which version on", () => {
    const { findings } = explainText(`Collecting demo\n${notOwned("/home/ada/.cache/pip")}\n[notice] A new release of pip is available: 23.0.1 -> 26.3\n`);
    expect(findings).toEqual([{
      problem: "cache-not-owned", path: "/home/ada/.cache/pip", lines: [2, 2], allLines: [2], count: 1,
      text: notOwned("/home/ada/.cache/pip"), by: "cache-disabled-21.1", tool: "pip", version: "23.0.1", since: "21.1",
      params: { root: "/home/ada/.cache/pip" }, weight: "notice",
      alsoPossible: ["sudo-home", "home-missing", "read-only-filesystem", "bind-mount-owner", "acl-denied", "parent-not-searchable"], consequences: [],
    }]);
  });

  it("offers as also possible only what there is a page for", () => {
    const known = new Set(allMessages.map(({ problem }) => problem));
    for (const log of [notOwned("/x"), install("[Errno 28] x"), "error: incomplete-download"]) {
      const { findings, notOurs } = explainText(log);
      const offered = [...findings.flatMap(({ alsoPossible }) => alsoPossible), ...(notOurs?.alsoPossible ?? [])];
      expect(offered.filter((problem) => !known.has(problem))).toEqual([]);
    }
  });

  it("reads streams of chunks, synchronous or not", async () => {
    async function* chunks(): AsyncIterable<Uint8Array> {
      for (const piece of ["error: externally-mana", "ged-environment\n"]) yield Buffer.from(piece);
    }
    expect((await explainLog(chunks())).findings[0]?.problem).toBe("externally-managed");
    expect((await explainLog([Buffer.from("nothing")])).findings).toEqual([]);
  });

  it("puts failures before notices, and failures in the order of the log", () => {
    const log = [notOwned("/home/ada/.cache/pip"), install("[Errno 28] No space left on device"), "error: externally-managed-environment"].join("\n");
    expect(problems(log)).toEqual(["disk-full", "externally-managed", "cache-not-owned"]);
  });

  it("folds repeats, files of one place, and the parts of one cache", () => {
    const log = [
      "The directory '/home/ada/.cache/pip/http' or its parent directory is not owned by the current user and the cache has been disabled. Please check the permissions and owner of that directory. If executing pip with sudo, you may want sudo's -H flag.",
      "The directory '/home/ada/.cache/pip' or its parent directory is not owned by the current user and caching wheels has been disabled. check the permissions and owner of that directory. If executing pip with sudo, you may want sudo's -H flag.",
      install("[Errno 13] Permission denied: '/usr/lib/python3/dist-packages/a.py'", useUser),
      install("[Errno 13] Permission denied: '/usr/lib/python3/dist-packages/b/c.py'", useUser),
    ].join("\n");
    expect(explainText(log).findings.map(({ problem, path, count, allLines }) => ({ problem, path, count, allLines }))).toEqual([
      { problem: "site-packages-not-writable", path: "/usr/lib/python3/dist-packages/a.py", count: 2, allLines: [3, 6] },
      { problem: "cache-not-owned", path: "/home/ada/.cache/pip/http", count: 2, allLines: [1, 2] },
    ]);
  });
});

describe("causes and consequences", () => {
  it("a wheel that cannot be stored is the cause of the failed build, and its --user hint is none", () => {
    const log = [
      "Building wheels for collected packages: demo",
      "  WARNING: Building wheel for demo failed: [Errno 13] Permission denied: '/home/ada/.cache/pip/wheels/b4/c9'",
      "Failed to build demo", "error: failed-wheel-build-for-install",
    ].join("\n");
    const [finding, ...more] = explainText(log).findings;
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ problem: "wheel-cache-write-denied", path: "/home/ada/.cache/pip/wheels/b4/c9", lines: [2, 2] });
    expect(finding!.consequences.map(({ line }) => line)).toEqual([3, 4]);
    const hidden = explainText(install("[Errno 13] Permission denied: '/home/ada/.cache/pip/wheels/b4/c9/0c/aceb526e1f9d0f0d34a2bd42b2ba2a6b7a1f3b9e4b7a5a0f11/tmp3k2l1m0n'", useUser));
    expect(hidden.findings[0]).toMatchObject({ problem: "wheel-cache-write-denied", consequences: [{ line: 2, text: useUser.trim() }] });
  });

  it("cache commands that do not function follow from a cache that is not owned; alone they mean a switched-off cache", () => {
    const refused = "ERROR: pip cache commands can not function since cache is disabled.";
    expect(problems(refused)).toEqual(["cache-disabled"]);
    expect(explainText(`${notOwned("/home/ada/.cache/pip")}\n${refused}\n`).findings).toMatchObject([{ problem: "cache-not-owned", consequences: [{ line: 2, text: refused }] }]);
  });

  it("a home that cannot be made is the cause of the cache that cannot", () => {
    const log = [notOwned("/home-of-nobody/.cache/pip"), "Collecting demo", "ERROR: Exception:", "Traceback (most recent call last):", "PermissionError: [Errno 13] Permission denied: '/home-of-nobody'"].join("\n");
    const { findings, unexplained } = explainText(log);
    expect(findings).toMatchObject([{ problem: "home-missing", path: "/home-of-nobody/.cache/pip", weight: "failure", lines: [1, 5] }]);
    expect(unexplained).toEqual([]);
    expect(problems([notOwned("/home/ada/.cache/pip"), "PermissionError: [Errno 13] Permission denied: '/home/ada'"].join("\n"))).toEqual(["home-missing"]);
  });

  it("several failures are as many findings, in the order of the log, each with what follows from it", () => {
    const log = [
      notOwned("/home/ada/.cache/pip"),
      "  WARNING: Building wheel for a failed: [Errno 28] No space left on device: '/srv/c/wheels/ab/cd'", "Failed to build a",
      ...Array.from({ length: 30 }, (_, index) => `Collecting p${index}`),
      install("[Errno 13] Permission denied: '/srv/app/.venv/lib/python3.11/site-packages/b'", "Check the permissions."),
      "error: could not create 'c.egg-info': Permission denied", "ERROR: Failed building wheel for c",
      "error: externally-managed-environment", "hint: See PEP 668 for the detailed specification.",
    ].join("\n");
    expect(explainText(log).findings.map(({ problem, weight, lines: [first], consequences }) => [problem, weight, first, consequences.map(({ line }) => line)])).toEqual([
      ["disk-full", "failure", 2, [3]],
      ["venv-not-writable", "failure", 34, [35]],
      ["build-dir-not-writable", "failure", 36, [37]],
      ["externally-managed", "failure", 38, [39]],
      ["cache-not-owned", "notice", 1, []],
    ]);
  });

  it("a consequence that was said first still stands behind its cause", () => {
    const log = ["Defaulting to user installation because normal site-packages is not writeable", "ERROR: pip cache commands can not function since cache is disabled.", notOwned("/home/ada/.cache/pip"), install("[Errno 13] Permission denied: '/home/ada/.local/lib/python3.11'")].join("\n");
    expect(explainText(log).findings.map(({ problem, consequences }) => [problem, consequences.map(({ line }) => line)])).toEqual([["user-site-not-writable", [1]], ["cache-not-owned", [2]]]);
  });

  it("a home that is missing is one finding, whatever was wanted in it", () => {
    const log = [notOwned("/.cache/pip"), install("[Errno 13] Permission denied: '/.local'")].join("\n");
    expect(explainText(log).findings).toMatchObject([{ problem: "home-missing", path: "/.cache/pip", weight: "failure", allLines: [1, 2] }]);
  });

  it("a traceback's head and pip's header belong to the line that decides", () => {
    const log = ["ERROR: Could not install packages due to an OSError.", "Traceback (most recent call last):", '  File "x.py", line 1, in f', "OSError: [Errno 30] Read-only file system: '/usr/lib/x'"].join("\n");
    expect(explainText(log).findings).toMatchObject([{ problem: "read-only-filesystem", lines: [4, 4], consequences: [{ line: 1 }, { line: 2 }] }]);
  });

  it("a settings file's fault and its place are one finding", () => {
    const log = "Configuration file could not be loaded.\nFile contains no section headers.\nfile: '/home/ada/my files/pip.conf', line: 3\n'timeout = 3\\n'\n";
    expect(explainText(log).findings).toMatchObject([{ problem: "config-breaks-tool", path: "/home/ada/my files/pip.conf", params: { line: "3" }, allLines: [1, 2, 3] }]);
  });
});

describe("which problem an error belongs to", () => {
  it.each([
    ["/home/ada/.cache/pip/http-v2/a/b/c/d/e/abcde", "cache-write-denied"],
    ["/srv/shared cache/selfcheck/fcd2d5175dd33d5df759ee7b045264230205ef837bf9f582f7c3ada7", "cache-write-denied"],
    ["/Users/ada/Library/Caches/pypoetry/cache/repositories/pypi/_http", "cache-write-denied"],
    ["/home/ada/.cache/pre-commit/.lock", "cache-write-denied"],
    ["/home/ada/.local/share/hatch/env/virtual", "cache-write-denied"],
    ["/srv/c/wheels/b4/c9/0c", "wheel-cache-write-denied"],
    ["/home/ada/.local/lib/python3.12/site-packages/demo", "user-site-not-writable"],
    ["/home/ada/.local", "user-site-not-writable"],
    ["/home/ada/.local/share/man/man1", "user-site-not-writable"],
    ["/Users/ada/Library/Python/3.9/bin/demo", "user-site-not-writable"],
    ["/usr/local/lib/python3.12/dist-packages/demo", "site-packages-not-writable"],
    ["/usr/lib64/python3.9/site-packages/demo.py", "site-packages-not-writable"],
    ["/Library/Frameworks/Python.framework/Versions/3.11/lib/python3.11/site-packages/demo", "site-packages-not-writable"],
    ["/opt/homebrew/lib/python3.13/site-packages/demo", "site-packages-not-writable"],
    ["/Library/Python/2.7/site-packages/demo", "site-packages-not-writable"],
    ["/home/ada/.pyenv/versions/3.12.1/lib/python3.12/site-packages/demo", "site-packages-not-writable"],
    ["/opt/pipx/venvs/demo", "pipx-dir-not-writable"],
    ["/home/ada/.local/pipx/venvs/demo/lib/python3.12/site-packages/x", "pipx-dir-not-writable"],
    ["/home/ada/.pyenv/shims/x", "pyenv-shims-not-writable"],
    ["/home/ada/shop/.venv/lib/python3.12/site-packages/demo", "venv-not-writable"],
    ["/home/ada/.virtualenvs/shop/bin/demo", "venv-not-writable"],
    ["/home/ada/.cache/pypoetry/virtualenvs/shop-Xy/lib/python3.12/site-packages/demo", "venv-not-writable"],
    ["/home/ada/.local/share/virtualenvs/shop-Xy/lib/python3.12/site-packages/demo", "venv-not-writable"],
    ["/opt/app/env/include/site", "venv-not-writable"],
    ["/.cache/pip", "home-missing"],
    ["/.local/lib/python3.12", "home-missing"],
    ["/nonexistent/.cache", "home-missing"],
    ["/var/www/.local/lib", "home-missing"],
    ["/root/.local/bin", "home-missing"],
    ["/usr/src/app/.config", "home-missing"],
    ["//usr/lib64/python2.7/site-packages/demo", "site-packages-not-writable"],
    ["/nix/store/f2x987ir7wmyxbil5qw25dh6wscxkmrb-python3-3.10.9-env/lib/python3.10/site-packages/demo", "site-packages-not-writable"],
    ["/root/.distlib", "home-missing"],
    ["/.npm", "home-missing"],
    ["/homeless-shelter/.cache", "home-missing"],
    ["~/Library/Caches/pip/wheels/e3/8d", "wheel-cache-write-denied"],
    ["cache/wheels/d7/de/2e/efa132238792efb6459a96e85916ef8597fcb3d2ae51590dfd", "wheel-cache-write-denied"],
    ["/home/ada/.config/pip/pip.conf", "config-unreadable"],
    ["/etc/pip.conf", "config-unreadable"],
    ["/home/ada/src/build/lib", "build-dir-not-writable"],
    ["demo.egg-info", "build-dir-not-writable"],
    ["/home/ada/src/poetry.lock", "project-file-not-writable"],
    ["/Library/Python/2.7/site-packages/test-easy-install-1.pth", "easy-install-dir-not-writable"],
    ["/opt/conda/pkgs/urls.txt", "conda-not-writable-file"],
    ["/home/ada/miniconda3/pkgs/cache/cf73e938.info.json", "conda-not-writable-file"],
    ["/opt/conda/pkgs/zlib-1.3.1-h5eee18b_0.conda", "conda-urls-txt-split"],
    ["/home/ada/.condarc", "conda-config-breaks"],
    ["/home/ada/.cache/uv", "uv-cache-init-failed"],
    ["/home/ada/.cache/uv/.lock", "uv-cache-init-failed"],
    ["/home/ada/.local/share/uv/python/.temp", "uv-dir-not-writable"],
    ["C:\\\\Program Files\\\\Python311\\\\Lib\\\\site-packages\\\\x.py", "access-denied-windows"],
  ])("EACCES on %s: %s", (path, problem) => {
    expect(problems(`PermissionError: [Errno 13] Permission denied: '${path}'`)).toEqual([problem]);
  });

  it.each([
    "/srv/app/.venv", "/usr/local/bin/demo", "/tmp/pip-install-x/y", "/var/log/x", "/srv/venv/pyvenv.cfg",
  ])("EACCES on %s: none of ours; it is said to be seen", (path) => {
    const { findings, unexplained, notOurs } = explainText(`PermissionError: [Errno 13] Permission denied: '${path}'`);
    expect(findings).toEqual([]);
    expect(unexplained).toMatchObject([{ line: 1, errno: "EACCES", path }]);
    expect(notOurs).toBeNull();
  });

  it("a move whose arrow was broken off names its destination, and a word in quotes before is no path", () => {
    const move = install("[Errno 18] Wort: '/usr/local/lib/python3.8/site-packages/pip/'").trimEnd();
    expect(explainText(`${move} -> \n'/usr/local/lib/python3.8/site-packages/~ip'`).findings[0]?.path).toBe("/usr/local/lib/python3.8/site-packages/~ip");
    const before = "  Building wheel for spkg (pyproject.toml): finished with status 'done'";
    expect(explainText(`${before}\n  WARNING: Building wheel for spkg failed: [Errno 122] Wort\n`).findings[0]).toMatchObject({ problem: "quota-exceeded", path: null });
  });

  it("EPERM where no tool keeps anything is seen, and claimed by nobody", () => {
    const explanation = explainText(install("[Errno 1] Wort: '/srv/data/x'"));
    expect([explanation.findings, explanation.unexplained[0]?.errno]).toEqual([[], "EPERM"]);
  });

  it("pip's own hint tells an environment from an interpreter where the path does not", () => {
    const path = "[Errno 13] Permission denied: '/data/analysis/lib/python3.12/site-packages/x.py'";
    expect(problems(install(path, useUser))).toEqual(["site-packages-not-writable"]);
    expect(problems(install(path, "Check the permissions.\n"))).toEqual(["venv-not-writable"]);
  });

  it("running is not writing: a program that may not be executed is nobody's cache", () => {
    expect(problems("bash: /srv/venv/bin/pip: Permission denied")).toEqual(["script-not-executable"]);
    expect(problems("demo.service: Failed at step EXEC spawning /srv/venv/bin/demo: Permission denied")).toEqual([]);
  });

  it("the words may be a shell's, a library's or another tool's", () => {
    expect(problems("    error: could not create '/usr/local/lib/python2.7/dist-packages/flask': Permission denied")).toEqual(["site-packages-not-writable"]);
    expect(problems("    error: /Library/Python/2.7/site-packages/virtualenv.py: Permission denied")).toEqual(["site-packages-not-writable"]);
    expect(problems("ERROR: Could not install packages due to an OSError: Cannot move the non-empty directory '/usr/lib/python3.9/site-packages/x/': Lacking write permission to '/usr/lib/python3.9/site-packages/x/'.")).toEqual(["site-packages-not-writable"]);
    expect(problems("failed to add chart repository: Error: mkdir /.config: permission denied")).toEqual(["home-missing"]);
    expect(problems("create cache dir: Os { code: 30, kind: ReadOnlyFilesystem, message: \"Read-only file system\" }")).toEqual(["read-only-filesystem"]);
    expect(problems("/root/.pyenv/bin/pyenv: line 134: /root/.pyenv/plugins/x/bin/x: Permission denied")).toEqual([]);
    expect(problems("mkdir: das Verzeichnis '/home/ada/.cache/pip' kann nicht angelegt werden: Keine Berechtigung")).toEqual(["cache-write-denied"]);
  });

  it("a settings file is pip's only when the log says so", () => {
    const fault = (file: string): string => `configparser.MissingSectionHeaderError: File contains no section headers.\nfile: '${file}', line: 1\n'x\\n'\n`;
    expect(problems(fault("/home/ada/.pip/pip.conf"))).toEqual(["config-breaks-tool"]);
    expect(problems(fault("conf/example.conf"))).toEqual([]);
    expect(problems(fault("setup.cfg"))).toEqual([]);
  });

  it("a full disk in any language, but no watcher, no semaphore, and /tmp's own when the log shows that only /tmp is", () => {
    expect(problems(install("[Errno 28] 装置上无可用空间"))).toEqual(["disk-full"]);
    expect(problems("Error: ENOSPC: System limit for number of file watchers reached, watch '/srv'")).toEqual([]);
    expect(problems("OSError: [Errno 28] No space left on device\nFilesystem Size Used Avail Use% Mounted on\ntmpfs 64M 64M 0 100% /tmp\n")).toEqual(["tmp-full"]);
  });
});

describe("what is not ours", () => {
  it("is named with its line when no failure of ours explains it, besides notices", () => {
    const log = `${notOwned("/home/ada/.cache/pip")}\nCollecting dmo\nERROR: No matching distribution found for dmo\n`;
    expect(explainText(log)).toMatchObject({ findings: [{ problem: "cache-not-owned" }], notOurs: { kind: "none-no-matching-distribution", line: 3 } });
    expect(explainText(`${install("[Errno 28] x")}\nERROR: No matching distribution found for dmo`).notOurs).toBeNull();
  });

  it("is the particular cause, not the last symptom", () => {
    const log = "WARNING: Retrying (Retry(total=0)) after connection broken by 'SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]'))': /simple/x/\nERROR: Could not find a version that satisfies the requirement x (from versions: none)\nERROR: No matching distribution found for x\n";
    expect(explainText(log).notOurs).toMatchObject({ kind: "none-ssl", line: 1 });
  });

  it("is no failure when the retry worked", () => {
    const log = "WARNING: Connection interrupted while downloading.\nSuccessfully installed demo-1.0\n";
    expect(explainText(log)).toMatchObject({ findings: [], notOurs: null });
  });

  it("may hide a full disk: pip 25.2 and later blame the network for it", () => {
    const log = `${"WARNING: Connection interrupted while downloading.\n".repeat(6)}error: incomplete-download\n\n× Download failed after 6 attempts because not enough bytes were received (0 bytes/300 kB)\n`;
    expect(explainText(log).notOurs).toMatchObject({ kind: "none-network", alsoPossible: expect.arrayContaining(["disk-full"]) as unknown });
  });

  it("a failed build is only called a compiler's when nothing was refused", () => {
    expect(explainText("error: could not create 'demo/lib': Permission denied\n  ERROR: Failed building wheel for demo\n")).toMatchObject({ notOurs: null, unexplained: [{ path: "demo/lib" }] });
    expect(explainText("  ERROR: Failed building wheel for demo\n").notOurs?.kind).toBe("none-compile-error");
  });
});

describe("odd input", () => {
  it("secrets and control characters do not come out; the path itself is exact", () => {
    const log = `PermissionError: [Errno 13] Permission denied: '/home/ada/.cache/pip/http/a/b\\n\\x1b[31mc' https://ada:geheim@index.example/simple`;
    const [finding] = explainText(log).findings;
    expect(finding!.path).toBe("/home/ada/.cache/pip/http/a/b\n\x1b[31mc");
    expect(finding!.text).toContain("https://***@index.example");
    expect(JSON.stringify(explainText(`${log}\u202e\x9b31m`).findings[0]!.text)).not.toMatch(/geheim|[\x00-\x1f\x7f-\x9f\u202e]/);
  });

  it("is told when it is no text, and when it is cut", () => {
    const binary = Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 7919) % 32));
    expect(explainText(binary).binary).toBe(true);
    expect(explainText("plain text\n\x1b[31mred\x1b[0m\n").binary).toBe(false);
    expect(explainText('    self.run()\n  File "pip/x.py", line 3, in run\nOSError: [Errno 28] x\n').cut).toEqual({ head: true, tail: false });
    expect(explainText('ERROR: Exception:\nTraceback (most recent call last):\n  File "pip/x.py", line 3, in run\n').cut).toEqual({ head: false, tail: true });
  });

  it("a last line cut in the middle of its path still names the place", () => {
    expect(explainText("PermissionError: [Errno 13] Permission denied: '/home/ada/.cache/pip/wheels/b4/c9/0").findings).toMatchObject([{ problem: "wheel-cache-write-denied" }]);
    expect(problems("WARNING: The directory '/home/ada/.cache/pip' or its parent directory is not ow")).toEqual(["cache-not-owned"]);
  });

  it("latin-1, quotes that a web page bent, and a path in Cyrillic are read", () => {
    const latin1 = Buffer.from(install("[Errno 28] Auf dem Ger\xe4t ist kein Speicherplatz mehr verf\xfcgbar: '/srv/f\xfcr/x'"), "latin1");
    expect(explainText(latin1).findings[0]).toMatchObject({ problem: "disk-full", path: "/srv/für/x" });
    expect(problems("The directory ‘/home/ada/.cache/pip’ or its parent directory is not owned or is not writable by the current user.")).toEqual(["cache-not-owned"]);
    expect(explainText(install("[Errno 13] Отказано в доступе: '/srv/кэш/wheels/24/c6'")).findings[0]?.path).toBe("/srv/кэш/wheels/24/c6");
  });
});
