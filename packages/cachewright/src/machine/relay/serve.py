# The second part of the relay, beside start.py: bytes, signals, stops and the end. See there.
import time

ROOM = 512  # POSIX: so much, at least, a pipe that is writable takes without blocking.
FULL = 65536
received, asked = {}, {}
head, tail, was_cut = bytearray(), bytearray(), False
stopping = None
has_modes, is_plain = raw, False
terminal_gone = False


class Pump:
    """Bytes from one descriptor to another; reads no more while the other end is slow."""

    def __init__(self, source, target, is_copied=True):
        self.source, self.target, self.is_copied, self.held = source, target, is_copied, bytearray()
        self.ended = self.lost = False  # Nobody writes any more; nobody reads.
        posix.set_blocking(source, False)

    def take(self):
        try:
            data = posix.read(self.source, FULL)
        except BlockingIOError:
            return False
        except OSError:
            data = b""  # EIO: the last writer has closed the terminal.
        if not data:
            self.ended = True
            return False
        if self.is_copied:
            copy(data)
        self.held += data
        self.give()
        return True

    def give(self):
        # Pipes may be shared with others, and stay as they are: they are written to when there is room.
        part = self.held if self.target in (tty, master) else self.held[:ROOM]
        try:
            del self.held[: posix.write(self.target, part)]
        except BlockingIOError:
            pass
        except OSError:
            # Nobody reads any more: the command is to be told as it would be.
            self.held.clear()
            if not self.ended and self is not keys:
                posix.close(self.source)
            self.ended = self.lost = True


def copy(data):
    global was_cut
    free = keep - len(head)
    head.extend(data[:max(free, 0)])
    tail.extend(data[max(free, 0):])
    if len(tail) > 2 * keep:
        del tail[:-keep]
        was_cut = True


def tell(message):
    while message:
        try:
            message = message[posix.write(control, message):]
        except BlockingIOError:
            select.select([], [control], [])
        except OSError:
            return


def order(letter):
    try:
        posix.write(orders, letter)
    except OSError:
        pass


def take_terminal():
    global raw, has_modes, is_plain
    # Started in the background: until now the terminal had the modes of a shell that edits its line.
    inner = termios.tcgetattr(master if has_modes else tty)
    if is_plain:
        inner[1] |= termios.OPOST
    if is_plain or not has_modes:
        termios.tcsetattr(master, termios.TCSANOW, inner)
    has_modes, is_plain = True, False
    to_raw(tty)
    raw = True
    order(b"r")
    same_size()


def give_back():
    """The terminal as the command leaves it, which is what it would be had nothing stood between."""
    global raw, is_plain
    if raw and not terminal_gone:
        try:
            inner = termios.tcgetattr(master)
            termios.tcsetattr(tty, termios.TCSADRAIN, inner)
            order(b"g")
            if inner[1] & termios.OPOST:
                # What is written from now on is finished by the outer terminal again.
                inner[1] &= ~termios.OPOST
                termios.tcsetattr(master, termios.TCSANOW, inner)
                is_plain = True
        except (OSError, termios.error):
            pass
    raw = False


def send(number, group=False):
    try:
        if child and not status:
            posix.kill(-child if group else child, number)
    except OSError:
        pass


def hang_up():
    send(signal.SIGHUP, session)
    send(signal.SIGCONT, session)


def resume():
    if is_foreground():
        take_terminal()
        order(b"f")
    else:
        order(b"b")


def signals():
    try:
        return list(posix.read(awake, 512))
    except BlockingIOError:
        return []


def stop():
    """Stops the whole job, as the terminal would have; the shell wakes it again."""
    global stopping
    number, stopping = stopping, None
    while any(pump.take() for pump in pumps if not pump.ended):
        pass
    give_back()
    before = signals()
    if number in TOLD:
        signal.signal(number, signal.SIG_DFL)
    posix.kill(0, number)
    if number in TOLD:
        signal.signal(number, no_action)
    after = signals()
    if session:
        if signal.SIGCONT not in after and number != signal.SIGTSTP:
            # The system stops no group that nobody would wake: it tells its reader that there is nothing to read.
            keys.held += termios.tcgetattr(master)[6][termios.VEOF]
            order(b"f")
        else:
            resume()
    else:
        send(signal.SIGCONT)
    for one in before + after:
        if one not in (signal.SIGCONT, number):
            on_signal(one)


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


def events(timeout):
    masks = {control: select.POLLIN, awake: select.POLLIN}
    if news is not None:
        masks[news] = select.POLLIN
    for pump in pumps + ([keys] if session and raw else []):
        if not pump.ended and len(pump.held) < FULL:
            masks[pump.source] = masks.get(pump.source, 0) | select.POLLIN
    for pump in pumps + ([keys] if session else []):
        if pump.held:
            masks[pump.target] = masks.get(pump.target, 0) | select.POLLOUT
    poll = select.poll()
    for descriptor, mask in masks.items():
        poll.register(descriptor, mask)
    return dict(poll.poll(timeout))


def move(ready):
    ends = select.POLLHUP | select.POLLERR
    for pump in pumps + ([keys] if session else []):
        if pump.held and ready.get(pump.target, 0) & (select.POLLOUT | ends):
            pump.give()
        if not pump.ended and ready.get(pump.source, 0) & (select.POLLIN | ends) and len(pump.held) < FULL and (raw or not session or pump is not keys):
            pump.take()


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


def finish():
    """What was written before the command ended. Who lives on in the background and could write is not waited for here."""
    until = time.monotonic() + 1
    while any(not pump.ended or pump.held for pump in pumps):
        sources = [pump.source for pump in pumps if not pump.ended and len(pump.held) < FULL]
        blocked = [pump.target for pump in pumps if pump.held]
        if not blocked and time.monotonic() > until:
            return
        readable, writable, _ = select.select(sources, blocked, [], None if blocked and not sources else 0.1)
        for pump in pumps:
            if pump.source in readable and not pump.ended:
                pump.take()
            if pump.target in writable and pump.held:
                pump.give()
        if not readable and not writable and not blocked:
            return


def linger():
    """The command and whoever started us have gone; for those who live on and write we stay what they write to."""
    for number in TOLD:
        signal.signal(number, signal.SIG_DFL)
    for pump in pumps:
        pump.is_copied = False
    while any(not pump.ended or pump.held for pump in pumps):
        sources = [pump.source for pump in pumps if not pump.ended and len(pump.held) < FULL]
        readable, writable, _ = select.select(sources, [pump.target for pump in pumps if pump.held], [])
        for pump in pumps:
            if pump.source in readable and not pump.ended:
                pump.take()
            elif pump.held and pump.target in writable:
                pump.give()


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
