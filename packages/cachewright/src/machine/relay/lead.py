# The part of the relay that leads the command's session, beside start.py: it tells of the command's stops and end, and
# gives it the foreground. See there.
def to_front(group):
    # Opened for the moment only: the command is to be the last to have its terminal open, so that its end is seen.
    inner = posix.open("/dev/tty", posix.O_RDWR | posix.O_NOCTTY)
    try:
        posix.tcsetpgrp(inner, group)
    finally:
        posix.close(inner)


refused = not_started(ready)
posix.write(news_into, refused or b"pid %d\n" % child)
while not refused:
    sources = select.select([order_out, awake], [], [])[0]
    if awake in sources:
        posix.read(awake, 512)
        happened = waited(child)
        ended = happened and not happened.startswith(b"stop")
        if ended:
            to_front(posix.getpgrp())  # What lives on in the background is not to be hung up with us.
        if happened:
            posix.write(news_into, happened)
        if ended:
            break
    if order_out not in sources:
        continue
    given = posix.read(order_out, 512)
    for order in given.decode():
        if order in "fb":  # Go on, with the inner terminal's foreground or without.
            to_front(child if order == "f" else posix.getpgrp())
            posix.kill(-child, signal.SIGCONT)
        else:  # "r": the outer terminal is raw, "g": it is given back.
            raw = order == "r"
    if not given:  # The relay was killed.
        if raw:
            termios.tcsetattr(0, termios.TCSANOW, original)
        posix.kill(-child, signal.SIGHUP)
        posix.kill(-child, signal.SIGCONT)
        break


