/**
 * Failures that are neither a cache's nor a permission's, to say so instead of guessing. "cause" names what went
 * wrong; "symptom" is what pip says after several causes; "weak" counts only when nothing else in the log does.
 */
import type { NotOursKind } from "./explanation.ts";

export interface NotOursMessage {
  readonly kind: NotOursKind;
  readonly trigger: string | readonly string[];
  readonly pattern: RegExp;
  readonly context?: RegExp;
  readonly notContext?: RegExp;
  readonly strength: "cause" | "symptom" | "weak";
  /** A later "Successfully installed" shows that it was overcome. */
  readonly overcome?: boolean;
  readonly alsoPossible?: readonly string[];
  readonly example: string;
}

const oldPython = /[Pp]ython ?(?:2\.\d|3\.[0-7])\b|\(python (?:2\.\d|3\.[0-7])\)|python3\.[0-7]\b|cp3[0-7]\b|Requires-Python|require a different python version/;
/** A download that ends early looks the same when the disk is full: pip ≥ 25.2, reference §3.7. */
const hidesFullDisk = ["disk-full", "tmp-full", "cache-corrupt"];

export const notOursMessages: readonly NotOursMessage[] = [
  // The resolver.
  { kind: "none-resolution-conflict", strength: "cause", trigger: "ResolutionImpossible", pattern: /ResolutionImpossible/, example: "ERROR: ResolutionImpossible: for help visit https://pip.pypa.io/en/latest/topics/dependency-resolution/#dealing-with-dependency-conflicts" },
  { kind: "none-resolution-conflict", strength: "cause", trigger: "have conflicting dependencies", pattern: /these package versions have conflicting dependencies/, example: "ERROR: Cannot install demo==1.0 and demo==2.0 because these package versions have conflicting dependencies." },
  { kind: "none-resolution-conflict", strength: "cause", trigger: "dependency resolver does not currently", pattern: /pip's dependency resolver does not currently take into account/, example: "ERROR: pip's dependency resolver does not currently take into account all the packages that are installed. This behaviour is the source of the following dependency conflicts." },
  { kind: "none-resolution-conflict", strength: "cause", trigger: "No solution found when resolving", pattern: /No solution found when resolving/, example: "  × No solution found when resolving dependencies:" },
  { kind: "none-resolution-conflict", strength: "cause", trigger: "version solving failed", pattern: /version solving failed/, example: "Because demo depends on left (>=2), version solving failed." },
  { kind: "none-resolution-conflict", strength: "cause", trigger: "SolverProblemError", pattern: /SolverProblemError/, example: "  SolverProblemError" },
  { kind: "none-resolution-conflict", strength: "cause", trigger: ["UnsatisfiableError", "LibMambaUnsatisfiableError"], pattern: /UnsatisfiableError:/, example: "LibMambaUnsatisfiableError: Encountered problems while solving:" },
  { kind: "none-resolution-conflict", strength: "cause", trigger: ["Could not solve for environment specs", "Cannot solve the request because of"], pattern: /Could not solve for environment specs|Cannot solve the request because of/, example: "error    libmamba Could not solve for environment specs" },
  // Python's version.
  { kind: "none-python-version", strength: "cause", trigger: "requires a different Python", pattern: /requires a different Python: /, example: "ERROR: Package 'demo' requires a different Python: 3.8.10 not in '>=3.10'" },
  { kind: "none-python-version", strength: "cause", trigger: "require a different python version", pattern: /Ignored the following versions that require a different python version/, example: "ERROR: Ignored the following versions that require a different python version: 2.0.0 Requires-Python >=3.9" },
  { kind: "none-python-version", strength: "cause", trigger: "requires Python '", pattern: /requires Python '[^'\n]{1,60}' but the running Python is/, example: "demo requires Python '>=3.5' but the running Python is 2.7.18" },
  { kind: "none-python-version", strength: "cause", trigger: "Could not find a version that satisfies", pattern: /Could not find a version that satisfies the requirement .{1,300}\(from versions: (?!none\))[^)\s]/, context: oldPython, example: "(python 3.5)\n  Could not find a version that satisfies the requirement demo==3.3.2 (from versions: 0.1, 0.2)" },
  { kind: "none-python-version", strength: "cause", trigger: "Python version (", pattern: /current Python version \([^)\n]{1,40}\) does not satisfy Python/, example: "Because the current Python version (3.8.18) does not satisfy Python>=3.9 and demo==2.0 depends on Python>=3.9, we can conclude that demo==2.0 cannot be used." },
  { kind: "none-python-version", strength: "cause", trigger: ["supported Python range", "activated Python version"], pattern: /supported Python range \([^)\n]{1,60}\) is not compatible|activated Python version \S{1,20} is not supported/, example: "The current project's supported Python range (>=3.8,<4.0) is not compatible with some of the required packages Python requirement:" },
  { kind: "none-python-version", strength: "cause", trigger: "does not work on Python", pattern: /(?:script|version of pip) does not work on Python/, example: "ERROR: This script does not work on Python 3.7. The minimum supported Python version is 3.9." },
  { kind: "none-python-version", strength: "symptom", trigger: "not a supported wheel on this platform", pattern: /is not a supported wheel on this platform/, example: "ERROR: demo-1.0-cp311-cp311-win_amd64.whl is not a supported wheel on this platform." },
  // Nothing by that name.
  { kind: "none-no-matching-distribution", strength: "symptom", trigger: "Could not find a version that satisfies", pattern: /Could not find a version that satisfies the requirement/, example: "ERROR: Could not find a version that satisfies the requirement dns (from versions: none)" },
  { kind: "none-no-matching-distribution", strength: "symptom", trigger: "No matching distribution found", pattern: /No matching distribution found for/, example: "No matching distribution found for dns" },
  { kind: "none-no-matching-distribution", strength: "cause", trigger: "was not found in the package registry", pattern: /\bwas not found in the package registry/, example: "Because dmo was not found in the package registry and you require dmo, we can conclude that your requirements are unsatisfiable." },
  { kind: "none-no-matching-distribution", strength: "cause", trigger: "PackagesNotFoundError", pattern: /PackagesNotFoundError:/, example: "PackagesNotFoundError: The following packages are not available from current channels:" },
  // TLS.
  { kind: "none-ssl", strength: "cause", trigger: "CERTIFICATE_VERIFY_FAILED", pattern: /CERTIFICATE_VERIFY_FAILED/, example: "SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed')" },
  { kind: "none-ssl", strength: "cause", trigger: "SSLError(", pattern: /SSLError\(/, example: "(Caused by SSLError(\"Can't connect to HTTPS URL because the SSL module is not available.\"))" },
  { kind: "none-ssl", strength: "cause", trigger: "confirming the ssl certificate", pattern: /problem confirming the ssl certificate/, example: "Could not fetch URL https://index.example/simple/numpy/: There was a problem confirming the ssl certificate" },
  { kind: "none-ssl", strength: "cause", trigger: ["invalid peer certificate", "Could not find a suitable TLS CA", "certificate verify failed", "CondaSSLError", "[SSL: ", "SSL module is not available"], pattern: /invalid peer certificate|Could not find a suitable TLS CA certificate bundle|certificate verify failed|CondaSSLError|\[SSL: [A-Z_]{4,60}\]|SSL module is not available/, example: "  Caused by: invalid peer certificate: UnknownIssuer" },
  // Who may fetch.
  { kind: "none-auth", strength: "cause", trigger: [" Client Error", "HTTP error 40", "HTTP status client error", "authentication credentials (40", "CondaHTTPError: HTTP 40", "HTTPError: 40"], pattern: /authentication credentials \(40[13]\b|CondaHTTPError: HTTP 40[13]\b|HTTPError: 40[13]\b|\b(?:401|403)\b.{0,40}(?:Client Error|while getting)|(?:HTTP error|Client Error:?|client error \() ?(?:401|403)\b|error (?:401|403) Client Error/, example: "  HTTP error 403 while getting https://files.example/demo.whl" },
  { kind: "none-auth", strength: "cause", trigger: "401 Error, Credentials not correct", pattern: /401 Error, Credentials not correct/, example: "WARNING: 401 Error, Credentials not correct for https://index.example/simple/demo/" },
  // git over ssh.
  { kind: "none-auth", strength: "cause", trigger: ["ermission denied (publickey", "ermission denied (password"], pattern: /[Pp]ermission denied \((?:publickey|password)[^)\n]{0,80}\)/, example: "git@git.example: Permission denied (publickey)." },
  // The network.
  { kind: "none-network", strength: "cause", trigger: "Connection interrupted while downloading", pattern: /Connection interrupted while downloading/, overcome: true, alsoPossible: hidesFullDisk, example: "WARNING: Connection interrupted while downloading." },
  { kind: "none-network", strength: "cause", trigger: "incomplete-download", pattern: /error: incomplete-download/, alsoPossible: hidesFullDisk, example: "error: incomplete-download" },
  { kind: "none-network", strength: "cause", trigger: "not enough bytes were received", pattern: /not enough bytes were received/, alsoPossible: hidesFullDisk, example: "× Download failed after 6 attempts because not enough bytes were received (0 bytes/300 kB)" },
  { kind: "none-network", strength: "cause", trigger: ["ReadTimeout", "ConnectTimeout", "NewConnectionError", "ProxyError(", "NameResolutionError", "RemoteDisconnected", "ConnectionResetError"], pattern: /\b(?:ReadTimeout(?:Error)?|ConnectTimeout(?:Error)?|NewConnectionError|ProxyError|NameResolutionError|RemoteDisconnected|ConnectionResetError)\b/, overcome: true, example: "pip._vendor.urllib3.exceptions.ReadTimeoutError: HTTPSConnectionPool(host='files.example', port=443): Read timed out." },
  // pip ≥ 26.1 on a cached index page that was cut short, on every run: reference §1.8.
  { kind: "none-network", strength: "cause", trigger: "IncompleteRead(", pattern: /\bIncompleteRead\(/, overcome: true, alsoPossible: ["cache-corrupt"], example: "ProtocolError('Connection broken: IncompleteRead(100 bytes read, 200 more expected)')" },
  { kind: "none-network", strength: "cause", trigger: ["name resolution", "Name or service not known", "nodename nor servname", "getaddrinfo failed", "dns error: failed to lookup"], pattern: /[Tt]emporary failure in name resolution|Name or service not known|nodename nor servname|getaddrinfo failed|dns error: failed to lookup/, overcome: true, example: "Failed to establish a new connection: [Errno -3] Temporary failure in name resolution" },
  { kind: "none-network", strength: "cause", trigger: "Max retries exceeded with url", pattern: /Max retries exceeded with url/, overcome: true, example: "HTTPSConnectionPool(host='index.example', port=443): Max retries exceeded with url: /simple/demo/" },
  { kind: "none-network", strength: "symptom", trigger: "after connection broken by", pattern: /Retrying \(Retry\(.{1,200}\)\) after connection broken by/, overcome: true, example: "WARNING: Retrying (Retry(total=4, connect=None, read=None, redirect=None, status=None)) after connection broken by 'ProtocolError('Connection aborted.')': /simple/demo/" },
  { kind: "none-network", strength: "cause", trigger: ["CondaHTTPError", "error sending request for url", "Server Error", "Read timed out", "HTTP error ", "operation timed out", "Connection refused", "Connection reset by peer", "Network is unreachable", "Tunnel connection failed", "Cannot connect to proxy"], pattern: /CondaHTTPError: HTTP|error sending request for url|\b5\d\d Server Error|Read timed out|HTTP error (?!40[13])\d{3} while getting|operation timed out|Connection refused|Connection reset by peer|Network is unreachable|Tunnel connection failed|Cannot connect to proxy/, overcome: true, example: "CondaHTTPError: HTTP 000 CONNECTION FAILED for url <https://index.example/repodata.json>" },
  // poetry says so as well when its cache refuses the answer.
  { kind: "none-network", strength: "symptom", trigger: "All attempts to connect to", pattern: /All attempts to connect to \S{1,300} failed/, alsoPossible: ["cache-write-denied", "disk-full"], example: "All attempts to connect to index.example failed." },
  { kind: "none-network", strength: "weak", trigger: "download.py\", line", pattern: /[/\\]pip[/\\](?:_internal[/\\])?(?:network[/\\])?download\.py", line \d{1,6}, in (?:unpack_url|unpack_http_url|_download_url|_download_http_url|unpack)\b/, notContext: /DO NOT MATCH|HashMismatch|OSError|Errno/, example: "  File \"/usr/local/lib/python2.7/site-packages/pip/download.py\", line 810, in unpack_url" },
  // Building.
  { kind: "none-compile-error", strength: "cause", trigger: "Microsoft Visual C++", pattern: /Microsoft Visual C\+\+ \d{1,2}\.\d .{0,40}required/, example: "error: Microsoft Visual C++ 14.0 or greater is required. Get it with \"Microsoft C++ Build Tools\": https://visualstudio.microsoft.com/visual-cpp-build-tools/" },
  { kind: "none-compile-error", strength: "cause", trigger: "No such file or directory", pattern: /fatal error: [^:\n]{1,200}: No such file or directory/, example: "src/demo.c:1:10: fatal error: Python.h: No such file or directory" },
  { kind: "none-compile-error", strength: "cause", trigger: [" file not found", "unable to execute '", "compilation terminated."], pattern: /fatal error: '[^'\n]{1,200}' file not found|unable to execute '[^'\n]{1,100}(?:cc|gcc|clang|c\+\+|g\+\+)[^'\n]{0,20}'|^compilation terminated\./, example: "unable to execute 'gcc': No such file or directory" },
  { kind: "none-compile-error", strength: "cause", trigger: ["error: command '", "can't find Rust compiler", "Rust package manager, is not", "CMake must be installed", "pg_config executable not found", "Unknown compiler(s)", "linking with `cc` failed", "Could not find compiler"], pattern: /error: command '[^'\n]{1,300}' failed|can't find Rust compiler|Rust package manager, is not|CMake must be installed|pg_config executable not found|Unknown compiler\(s\)|linking with `cc` failed|Could not find compiler/, example: "error: command 'x86_64-linux-gnu-gcc' failed with exit status 1" },
  // pip 20.3 to 21.x goes on looking for another version, finds none, and says so last.
  { kind: "none-compile-error", strength: "cause", trigger: ["WARNING: Discarding ", ". Command errored out with"], pattern: /Discarding (?:(?!Discarding ).){1,2500}?\. Command errored out with exit status/, notContext: /Errno \d|ermission denied/, example: "WARNING: Discarding https://files.example/demo-1.0.tar.gz. Command errored out with exit status 1: python setup.py egg_info Check the logs for full command output." },
  { kind: "none-compile-error", strength: "weak", overcome: true, trigger: ["Failed building wheel for", "legacy-install-failure", "metadata-generation-failed", "subprocess-exited-with-error", " failed with error code ", "Command errored out with exit status"], pattern: /Failed building wheel for|legacy-install-failure|metadata-generation-failed|subprocess-exited-with-error|setup\.py .{0,2000} failed with error code|Command errored out with exit status/, notContext: /failed to map segment/, example: "  ERROR: Failed building wheel for demo" },
  // Memory.
  { kind: "none-memory", strength: "cause", trigger: "MemoryError", pattern: /^(?:\w+\.)*MemoryError\b/, example: "MemoryError" },
  { kind: "none-memory", strength: "cause", trigger: ["Cannot allocate memory", "Out of memory: Kill", "exit code: 137", "exit code 137", "Killed signal terminated", "std::bad_alloc", "memory allocation of "], pattern: /Cannot allocate memory|Out of memory: Kill|exit code:? 137\b|Killed signal terminated program|std::bad_alloc|memory allocation of \d{1,20} bytes failed/, example: "OSError: [Errno 12] Cannot allocate memory" },
  { kind: "none-memory", strength: "cause", trigger: "Killed", pattern: /^(?:.{0,200}: line \d{1,6}: {1,8}\d{1,10} )?Killed(?:\s.{0,300})?$/, example: "Killed" },
  // Mistakes of other kinds.
  { kind: "none-other", strength: "cause", trigger: "You must give at least one requirement", pattern: /You must give at least one requirement to/, example: "ERROR: You must give at least one requirement to install (see \"pip help install\")" },
  { kind: "none-other", strength: "cause", trigger: ["Could not open requirements file", "Invalid requirement: "], pattern: /Could not open requirements file: \[Errno 2\]|Invalid requirement: /, example: "ERROR: Could not open requirements file: [Errno 2] No such file or directory: 'requirements.txt'" },
  { kind: "none-other", strength: "cause", trigger: ["no such option: ", "unknown command \""], pattern: /^no such option: |unknown command "/, example: "no such option: -d" },
  { kind: "none-other", strength: "cause", trigger: ["does not appear to be a Python project", "is not installable. "], pattern: /is not installable\. (?:File|Neither)|neither 'setup\.py' nor 'pyproject\.toml' found|does not appear to be a Python project/, example: "ERROR: file:///srv/demo does not appear to be a Python project: neither 'setup.py' nor 'pyproject.toml' found." },
  { kind: "none-other", strength: "cause", trigger: "error: invalid command '", pattern: /error: invalid command '\w{1,40}'/, overcome: true, example: "error: invalid command 'bdist_wheel'" },
  { kind: "none-other", strength: "cause", trigger: "No module named ", pattern: /: No module named pip\b|No module named '?pip(?:\._\w{1,40}|')|^ModuleNotFoundError: No module named 'distutils/, example: "/usr/bin/python3: No module named pip" },
  { kind: "none-other", strength: "cause", trigger: ["pip: command not found", "pip3: command not found", "pip: not found"], pattern: /\bpip3?: (?:command )?not found/, example: "bash: line 1: pip: command not found" },
  { kind: "none-other", strength: "weak", trigger: "FileNotFoundError: [Errno 2]", pattern: /FileNotFoundError: \[Errno 2\] [^\n'"]{1,120}: '(?:[/~]|\.{1,2}\/)/, notContext: /No usable temporary directory|Long Path support|os error|PermissionError/, example: "FileNotFoundError: [Errno 2] No such file or directory: '/home/ada/demo/venvs'" },
];
