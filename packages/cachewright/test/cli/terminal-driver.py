# Plays somebody at a terminal: argv is a JSON list of steps and then a command, which runs under a pseudo-terminal of 33 x 99.
# Steps: ["see", text], ["type", text], ["paste", text, times], ["size", rows, columns], ["kill", signal, which] (0 the command itself, 1 its child …).
# Prints JSON: output (base64), status as waitpid has it, and whether the terminal's modes are as they were.
# Where nothing at all happens for SILENCE seconds, nothing will: it ends what it played, says so in "stuck", and the test
# fails with what was on the screen, instead of holding up every test after it.
import base64, fcntl, json, os, pty, select, signal, struct, subprocess, sys, termios, time

SILENCE = 600
steps, command = json.loads(sys.argv[1]), sys.argv[2:]


def size(rows, columns):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


ready, go = os.pipe()
child, terminal = pty.fork()
if child == 0:
    os.read(ready, 1)
    os.execvp(command[0], command)
size(33, 99)
before = termios.tcgetattr(terminal)
os.write(go, b"!")
output, seen = b"", 0


def stuck(step):
    for pid in processes(child):
        os.kill(pid, signal.SIGKILL)
    print(json.dumps({"output": base64.b64encode(output).decode(), "stuck": step}))
    sys.exit(0)


def more(step="at its end"):
    global output
    if not select.select([terminal], [], [], SILENCE)[0]:
        stuck(step)
    try:
        part = os.read(terminal, 65536)
    except OSError:
        part = b""
    output += part
    return part != b""


def processes(parent):
    rows = [line.split() for line in subprocess.check_output(["ps", "-eo", "pid,ppid"]).decode().splitlines()[1:]]
    found = [parent]
    for one in found:
        found += [int(pid) for pid, above in rows if int(above) == one]
    return found


for step in steps:
    if step[0] == "see":
        while step[1].encode() not in output[seen:] and more(step):
            pass
        at = output[seen:].find(step[1].encode())
        seen = len(output) if at < 0 else seen + at + len(step[1].encode())
    elif step[0] in ("type", "paste"):
        data = step[1].encode() * (step[2] if step[0] == "paste" else 1)
        while data:
            readable, writable, _ = select.select([terminal], [terminal], [], SILENCE)
            if not readable and not writable:
                stuck(step[0])
            if readable:
                more()
            if writable:
                data = data[os.write(terminal, data[:1000]):]
    elif step[0] == "size":
        size(step[1], step[2])
    elif step[0] == "kill":
        found = processes(child)
        for which in step[2:]:
            os.kill(found[which], getattr(signal, step[1]))
while more():
    pass
status = os.waitpid(child, 0)[1]
sane = termios.tcgetattr(terminal) == before
print(json.dumps({"output": base64.b64encode(output).decode(), "status": status, "sane": sane}))
