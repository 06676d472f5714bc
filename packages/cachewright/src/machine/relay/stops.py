# The relay's part behind pumps.py: the terminal taken and given back, and the command's stops. See start.py.
stopping = None
has_modes, is_plain = raw, False
terminal_gone = False


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
