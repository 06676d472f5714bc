# The relay's last part, behind pumps.py and stops.py: what happens until the command ends, and its end. See start.py.
received, asked = {}, {}


def tell(message):
    while message:
        try:
            message = message[posix.write(control, message):]
        except BlockingIOError:
            select.select([], [control], [])
        except OSError:
            return


def on_signal(number):
    if number == signal.SIGCHLD:
        if not session:
            on_news(waited(child))
    elif number == signal.SIGWINCH:
        # In our own group the command has heard of it, perhaps before its size was set.
        if terminal and same_size() and not session:
            send(signal.SIGWINCH)
    elif number == signal.SIGCONT:
        if not session:
            send(signal.SIGCONT)
    elif number == signal.SIGHUP and session:
        hang_up()
    else:
        received[number] = time.monotonic()
        if session and number not in asked:
            send(number)


def on_control():
    global asked
    try:
        numbers = posix.read(control, 64)
    except OSError:
        numbers = b""
    if not numbers:
        # Whoever started us was killed.
        give_back()
        hang_up()
        posix._exit(1)
    for number in numbers:
        if number == 255:
            if stopping is not None:
                stop()
        elif number == signal.SIGWINCH:
            on_signal(number)
            send(number)
        elif number == signal.SIGCONT:
            on_signal(number)
        else:
            asked[number] = time.monotonic()


def pass_on_asked():
    """A signal for our starter alone is passed on; one for its whole group has reached us, and with that the command."""
    now = time.monotonic()
    for number, since in list(asked.items()):
        if abs(received.get(number, -1) - since) < 0.1:
            del asked[number]
        elif session or now - since > 0.03:
            del asked[number]
            received[number] = now
            send(number)


def on_news(lines):
    global child, status, stopping
    for line in lines.splitlines(True):
        what, _, number = line.strip().partition(b" ")
        if status:
            return
        if what == b"pid":
            child = int(number)
        elif what != b"stop":
            status = line
        elif session and not raw and int(number) in (signal.SIGTTIN, signal.SIGTTOU) and is_foreground():
            resume()
        elif stopping is None:
            stopping = signal.SIGTSTP if int(number) == signal.SIGSTOP else int(number)
            tell(b"stop\n")


def serve_command():
    global terminal_gone
    while not status:
        watching = session and not raw and not terminal_gone and stopping is None
        # A command that has closed its terminal can open it again.
        closed = session and pumps[0].ended and not pumps[0].lost
        # In the background nothing tells us that `fg` has given us the terminal.
        ready = events(10 if asked else 200 if watching or closed else None)
        if closed:
            pumps[0].ended = False
        move(ready)
        if session and not terminal_gone and (keys.ended or pumps[0].lost):
            terminal_gone = keys.ended = True
            keys.held.clear()
            hang_up()
        if awake in ready:
            for number in signals():
                on_signal(number)
        if control in ready:
            on_control()
        pass_on_asked()
        if news in ready:
            on_news(posix.read(news, 4096) or b"exit 127\n")
        if watching and not status and stopping is None and is_foreground():
            take_terminal()


pumps = [Pump(out, number) for number, out in outputs.items()] + ([Pump(master, tty)] if terminal else [])
keys = Pump(tty, master, False) if session else None
try:
    if not session and not status:
        on_news(waited(child))
    serve_command()
    if not status.startswith(b"failed"):
        finish()
finally:
    give_back()
posix.set_blocking(control, True)
tell(status + head + (b"\n" if was_cut else b"") + tail)
posix.close(control)
linger()
posix._exit(0)
