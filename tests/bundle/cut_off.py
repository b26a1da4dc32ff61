"""Runs a command on a machine without any network but its own loopback: python cut_off.py COMMAND…

A network namespace, of a user namespace for who isn't root. Where the kernel allows neither, every Python
in the command refuses to reach anything but loopback, so that the test still proves something.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import socket
import struct
import sys
from pathlib import Path

NEW_USER, NEW_NET = 0x10000000, 0x40000000
SET_FLAGS, UP = 0x8914, 0x1
REFUSES = Path(__file__).parent / "no_network"


def into_namespace() -> None:
    """Raises OSError where the kernel doesn't allow it."""
    user, group = os.getuid(), os.getgid()
    unshare(NEW_NET if user == 0 else NEW_USER | NEW_NET)
    if user != 0:
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, SET_FLAGS, struct.pack("16sh", b"lo", UP))


def unshare(what: int) -> None:
    kernel = ctypes.CDLL(None, use_errno=True)
    if kernel.unshare(what) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


if __name__ == "__main__":
    try:
        into_namespace()
    except OSError as error:
        sys.stderr.write(f"no network namespace here ({error}): Python is kept from the network instead\n")
        os.environ["PYTHONPATH"] = str(REFUSES)
    os.execvp(sys.argv[1], sys.argv[1:])
