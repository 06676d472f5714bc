"""The attacker that mounts: shows an outside directory over one of the cache's and takes it away again, for ever.
Node has no mount(2). Descriptor 3 takes the number of swaps. Usage: bind-mounts.py SOURCE TARGET"""
import ctypes
import os
import random
import struct
import sys
import time

BURST = 100
MS_BIND = 4096
MNT_DETACH = 2

libc = ctypes.CDLL(None, use_errno=True)
source, target = (os.fsencode(argument) for argument in sys.argv[1:3])


def must(result):
    if result != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


turn = 0
starter = os.getppid()
while os.getppid() == starter:
    must(libc.mount(source, target, None, MS_BIND, None))
    must(libc.umount2(target, MNT_DETACH))
    turn += 1
    if turn % BURST == 0:
        os.pwrite(3, struct.pack("<Q", turn), 0)
        if random.random() > 0.9:
            time.sleep(random.random() * 0.08)
