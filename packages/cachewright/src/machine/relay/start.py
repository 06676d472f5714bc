# Stands between a command and the terminal or pipe it writes to: passes every byte on at once and keeps a copy.
# Run by machine/run-child.ts as `python3 -I -S -E -c`: the bare interpreter, nothing of the user's Python is loaded.
# This part starts the command; lead.py, and pumps.py, stops.py and serve.py as one text (scripts/generate.mjs), are
# compiled while it starts. Python 3.6 and newer.
#
# sys.argv[1:]: lead.py, that text, mode, what to stand in for, control descriptor, bytes kept of each end, whether the
# environment has LC_CTYPE, program, its words.
# Mode "session": the command gets a session and a terminal of its own and we are between it and the keyboard (as
# sudo's use_pty). Mode "output": it stays in our process group, with the real keyboard; only its output goes through us.
# What to stand in for: "1t2p" says descriptor 1 is a terminal and 2 a pipe, "2=" the same pipe as 1.
import errno, fcntl, posix, select, sys, termios, time, _signal as signal

lead, serve, mode, kinds, control, keep, has_ctype, program = sys.argv[1:9]
words, control, keep = sys.argv[9:], int(control), int(keep)
session, terminal = mode == "session", "t" in kinds
stands = {int(kinds[at]): kinds[at + 1] for at in range(0, len(kinds), 2)}
environment = dict(posix.environ)
if has_ctype != "1":
    environment.pop(b"LC_CTYPE", None)  # PEP 538: the interpreter sets it in the C locale.

TOLD = [signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM, signal.SIGTSTP, signal.SIGCONT, signal.SIGCHLD, signal.SIGWINCH]
# Python ignores the last two.
RESET = TOLD + [signal.SIGTTIN, signal.SIGTTOU, signal.SIGPIPE, signal.SIGXFSZ]


def no_action(number, frame):
    pass


def watch_signals(numbers):
    """Their numbers can be read from the descriptor that is answered."""
    out, into = posix.pipe()
    posix.set_blocking(out, False)
    posix.set_blocking(into, False)
    signal.set_wakeup_fd(into)
    for number in numbers:
        signal.signal(number, no_action)
    return out


def to_raw(tty):
    """The outer terminal hands every key on; the inner one does with it what a terminal does."""
    given = termios.tcgetattr(tty)
    given[0] &= ~(termios.IGNBRK | termios.BRKINT | termios.PARMRK | termios.ISTRIP | termios.INLCR | termios.IGNCR | termios.ICRNL | termios.IXON)
    given[1] &= ~termios.OPOST
    given[2] = given[2] & ~(termios.CSIZE | termios.PARENB) | termios.CS8
    given[3] &= ~(termios.ECHO | termios.ECHONL | termios.ICANON | termios.ISIG | termios.IEXTEN)
    given[6][termios.VMIN], given[6][termios.VTIME] = 1, 0
    termios.tcsetattr(tty, termios.TCSADRAIN, given)


def become_command(slave, pipes, in_front, failed):
    if session:
        posix.setpgid(0, 0)
        if in_front:
            signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTTOU])
            posix.tcsetpgrp(slave, posix.getpid())
            signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGTTOU])
        posix.dup2(slave, 0)
    for number, kind in stands.items():
        posix.dup2(slave if kind == "t" else pipes[number], number)
    for number in RESET:
        signal.signal(number, signal.SIG_DFL)
    try:
        posix.execve(program, words, environment)
    except OSError as error:
        reason = error.errno
    if reason == errno.ENOEXEC:  # As execvp and every shell.
        posix.execve("/bin/sh", ["sh", program] + words[1:], environment)
    posix.write(failed, b"%d" % reason)
    posix._exit(127)


def start(slave, pipes, in_front):
    """Forks the command. Answers with its process, and what says why when it could not be executed."""
    ready, failed = posix.pipe()
    child = posix.fork()
    if child == 0:
        try:
            become_command(slave, pipes, in_front, failed)
        finally:
            posix._exit(127)
    for end in {failed, *pipes.values(), *([] if slave is None else [slave])}:
        posix.close(end)
    return child, ready


def not_started(ready):
    reason = posix.read(ready, 16)
    posix.close(ready)
    return b"failed %s\n" % reason if reason else b""


def waited(child):
    """What has happened to the command, as a line; nothing when nothing has."""
    try:
        pid, status = posix.waitpid(child, posix.WNOHANG | posix.WUNTRACED)
    except ChildProcessError:
        return b"exit 127\n"
    if pid == 0:
        return b""
    if posix.WIFSTOPPED(status):
        return b"stop %d\n" % posix.WSTOPSIG(status)
    if posix.WIFSIGNALED(status):
        return b"signal %d\n" % posix.WTERMSIG(status)
    return b"exit %d\n" % posix.WEXITSTATUS(status)


def lead_session():
    """The command's parent in its session: without one there, its group were orphaned and ^Z would do nothing."""
    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM, signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU):
        signal.signal(number, signal.SIG_IGN)
    posix.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    awake = watch_signals([signal.SIGCHLD])
    child, ready = start(slave, {}, raw)
    exec(compile(lead, "<relay>", "exec"), {**globals(), "child": child, "ready": ready, "awake": awake})


def open_terminal():
    """An open file of our own, so that whether it blocks is nobody else's concern; of the user's terminal (su), too."""
    outer = min(number for number, kind in stands.items() if kind == "t")
    try:
        posix.tcgetpgrp(outer)
        name = "/dev/tty"
    except OSError:
        name = posix.ttyname(outer)
    return posix.open(name, posix.O_RDWR | posix.O_NOCTTY | posix.O_NONBLOCK)


def same_size():
    try:
        size = fcntl.ioctl(tty, termios.TIOCGWINSZ, bytes(8))
        if size != fcntl.ioctl(master, termios.TIOCGWINSZ, bytes(8)):
            fcntl.ioctl(master, termios.TIOCSWINSZ, size)
            return True
    except OSError:
        pass
    return False


def is_foreground():
    try:
        return posix.tcgetpgrp(tty) == posix.getpgrp()
    except OSError:
        return False


master = slave = tty = orders = news = None
inputs, outputs = {}, {}
raw = False
try:
    posix.set_inheritable(control, False)
    if terminal:
        tty = open_terminal()
        original = termios.tcgetattr(tty)
        master, slave = posix.openpty()
        inner = termios.tcgetattr(tty)
        raw = session and is_foreground()
        if not raw:
            inner[1] &= ~termios.OPOST  # The outer terminal does it.
        termios.tcsetattr(slave, termios.TCSANOW, inner)
        same_size()
    for number, kind in stands.items():
        if kind == "p":
            outputs[number], inputs[number] = posix.pipe()
        elif kind == "=":
            inputs[number] = inputs[1]
    awake = watch_signals(TOLD)
    if session:
        order_out, orders = posix.pipe()
        news, news_into = posix.pipe()
        if raw:
            to_raw(tty)
except (OSError, termios.error):
    posix._exit(3)

if session:
    if posix.fork() == 0:
        try:
            for end in (master, orders, news, tty, control, awake):
                posix.close(end)
            lead_session()
        finally:
            posix._exit(0)
    for end in (slave, order_out, news_into):
        posix.close(end)
    child, status = 0, b""
else:
    child, ready = start(slave, inputs, False)
    status = not_started(ready)
exec(compile(serve, "<relay>", "exec"))
