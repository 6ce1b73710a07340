"""Connections whose other side is gone.

A phone that loses its network half-way says nothing more and closes nothing: granian waits for the rest of the body for
ever (its issue 728), and a few of them would hold every place. The kernel is asked to look after them: connections take
over, on Linux, what is set on the socket that accepts them, and each server process opens that socket by itself.
"""

import os
import socket
import stat
from contextlib import suppress
from functools import cache
from pathlib import Path

SILENCE, ASKED_EVERY, ASKED_TIMES = 10, 5, 3  # seconds, seconds, times
DESCRIPTORS = Path("/proc/self/fd")


@cache
def notice_gone() -> int:
    """Ask it of each listening socket of this process, once; how many there were."""
    found = 0
    for number in [int(path.name) for path in DESCRIPTORS.iterdir()] if DESCRIPTORS.exists() else ():
        with suppress(OSError):  # a file that another thread closed meanwhile
            if stat.S_ISSOCK(os.fstat(number).st_mode):
                with socket.socket(fileno=os.dup(number)) as one:
                    found += _ask(one)
    return found


def _ask(one: socket.socket) -> bool:
    if one.family not in (socket.AF_INET, socket.AF_INET6) or not one.getsockopt(
        socket.SOL_SOCKET, socket.SO_ACCEPTCONN
    ):
        return False
    one.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for option, value in (("TCP_KEEPIDLE", SILENCE), ("TCP_KEEPINTVL", ASKED_EVERY), ("TCP_KEEPCNT", ASKED_TIMES)):
        if hasattr(socket, option):
            one.setsockopt(socket.IPPROTO_TCP, getattr(socket, option), value)
    return True
