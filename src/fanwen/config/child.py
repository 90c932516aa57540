"""A child process of the service: ``python -m fanwen.config.child MODULE`` runs `MODULE.main()` with Django set up.

A child never outlives its parent, however the parent ends.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import os
import signal
import sys

import django

from fanwen.config.log import configure

_PR_SET_PDEATHSIG = 1  # prctl(2)


def die_with_parent(number: int = signal.SIGTERM) -> None:
    """Have the system send this process the signal `number` when its parent dies (Linux)."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, number)
    if os.getppid() == 1 and os.environ.get("FANWEN_PARENT") not in {None, "1"}:
        sys.exit(0)  # it died before we asked


def prepare() -> None:
    die_with_parent()
    configure()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fanwen.config.settings")
    django.setup()


def settle() -> None:
    """Have the garbage collector leave alone what stays for good, the modules, and look at the rest more rarely: cycles are
    few here, and walking through Django's classes again and again took a fifth of the index writer's time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)


if __name__ == "__main__":
    prepare()
    module = importlib.import_module(sys.argv[1])
    settle()
    module.main()
