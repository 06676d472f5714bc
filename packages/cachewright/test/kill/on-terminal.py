"""Runs a command on a terminal of its own, types Ctrl-C once its output matches, and tells as JSON what came of it."""
import fcntl
import json
import os
import pty
import re
import select
import sys
import termios

pattern, argv = re.compile(sys.argv[1].encode()), sys.argv[2:]
master, slave = pty.openpty()
before = termios.tcgetattr(slave)
pid = os.fork()
if pid == 0:
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    for fd in (0, 1, 2):
        os.dup2(slave, fd)
    os.closerange(3, 64)
    os.execv(argv[0], argv)

output, typed, status = b"", False, None
while status is None or select.select([master], [], [], 0)[0]:
    if select.select([master], [], [], 0.05)[0]:
        output += os.read(master, 65536)
    if not typed and pattern.search(output):
        os.write(master, b"\x03")
        typed = True
    if status is None:
        ended, code = os.waitpid(pid, os.WNOHANG)
        status = code if ended else None

print(json.dumps({
    "output": output.decode("utf8", "replace"), "typed": typed, "restored": termios.tcgetattr(slave) == before,
    "signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else None, "exit": os.WEXITSTATUS(status) if os.WIFEXITED(status) else None,
}))
