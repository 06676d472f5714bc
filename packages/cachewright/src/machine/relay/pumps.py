# The second part of the relay, beside start.py: bytes, and what is kept of them. See there.
import time

ROOM = 512  # POSIX: so much, at least, a pipe that is writable takes without blocking.
FULL = 65536
head, tail, was_cut = bytearray(), bytearray(), False


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
