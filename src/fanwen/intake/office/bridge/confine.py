"""What the kernel itself lets a process take from its own view, without any privilege: files by Landlock, the network
by a seccomp filter.

A second wall inside the bubblewrap sandbox, and the only one where bubblewrap can't be had (most containers).
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
from collections.abc import Iterable
from pathlib import Path

LIBC = ctypes.CDLL(None, use_errno=True)
PR_SET_NO_NEW_PRIVS = 38

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
"""System calls of landlock(7), the same numbers on every architecture."""
VERSION, PATH_BENEATH = 1, 1
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1, 2, 4, 8
REMOVE_FILE, MAKE_SOCK = 1 << 5, 1 << 9
RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1, 5: (1 << 16) - 1}
"""All rights a version of the interface knows."""
OF_FILES = EXECUTE | WRITE_FILE | READ_FILE | 1 << 14 | 1 << 15
"""Those that may be given for a path that is no folder."""

PR_SET_SECCOMP, MODE_FILTER = 22, 2
MACHINES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""Audit architecture and number of socket(2)."""
INTERNET = (2, 10)
"""AF_INET and AF_INET6."""
ALLOW, DENY = 0x7FFF0000, 0x00050000 | 13
"""seccomp(2) answers; the second fails with EACCES."""


def confine(readable: Iterable[str], writable: Iterable[str], sockets: Iterable[str]) -> list[str]:
    """Take from this process and its children every file but those beneath these folders, and the internet.

    In `sockets` only sockets can be made and removed. Answers what the kernel granted: "files", "network".
    """
    LIBC.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    done = []
    if _files(readable, writable, sockets):
        done.append("files")
    if _network():
        done.append("network")
    return done


def _files(readable: Iterable[str], writable: Iterable[str], sockets: Iterable[str]) -> bool:
    version = LIBC.syscall(CREATE_RULESET, None, ctypes.c_size_t(0), VERSION)
    if version < 1:
        return False
    rights = RIGHTS[min(version, max(RIGHTS))]
    attributes = struct.pack("Q", rights)
    rules = LIBC.syscall(CREATE_RULESET, attributes, ctypes.c_size_t(len(attributes)), 0)
    if rules < 0:
        return False
    wanted = [(path, EXECUTE | READ_FILE | READ_DIR) for path in readable]
    wanted += [(path, rights) for path in writable]
    wanted += [(path, READ_DIR | MAKE_SOCK | REMOVE_FILE) for path in sockets]
    try:
        for path, allowed in wanted:
            if not Path(path).exists():
                continue
            if not Path(path).is_dir():
                allowed &= OF_FILES
            place = os.open(path, os.O_PATH | os.O_CLOEXEC)
            rule = struct.pack("=Qi", allowed & rights, place)
            failed = LIBC.syscall(ADD_RULE, rules, PATH_BENEATH, rule, 0)
            os.close(place)
            if failed:
                return False
        return not LIBC.syscall(RESTRICT_SELF, rules, 0)
    finally:
        os.close(rules)


def _network() -> bool:
    machine = MACHINES.get(platform.machine())
    if machine is None:
        return False
    architecture, socket = machine
    load, equal, answer = 0x20, 0x15, 0x06
    steps = [
        (load, 0, 0, 4),
        (equal, 0, 5, architecture),
        (load, 0, 0, 0),
        (equal, 0, 3, socket),
        (load, 0, 0, 16),
        (equal, 2, 0, INTERNET[0]),
        (equal, 1, 0, INTERNET[1]),
        (answer, 0, 0, ALLOW),
        (answer, 0, 0, DENY),
    ]
    program = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    filter_ = struct.pack("HxxxxxxP", len(steps), ctypes.addressof(program))
    return bool(LIBC.prctl(PR_SET_SECCOMP, MODE_FILTER, filter_, 0, 0) == 0)
