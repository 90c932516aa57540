from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

from django.conf import settings

from fanwen.intake.app.wake import Bell, ring


def test_a_ring_ends_the_wait_and_many_rings_are_one() -> None:
    settings.FOLDERS.make()
    with Bell("test") as bell:
        assert not bell.wait(0.01)
        for _ in range(5):
            ring("test")
        assert bell.wait(5)
        assert not bell.wait(0.01)


def test_a_sleeper_is_woken_from_another_thread() -> None:
    settings.FOLDERS.make()
    with Bell("test") as bell:
        threading.Timer(0.05, ring, ("test",)).start()
        assert bell.wait(10)


def test_a_bell_whose_owner_died_is_cleared_away() -> None:
    settings.FOLDERS.make()
    script = (
        "import django, os; django.setup(); from fanwen.intake.app.wake import Bell; b = Bell('dead'); "
        "print(b.path, flush=True); os._exit(9)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, env=_environment()
    )
    path = Path(done.stdout.strip())
    assert path.exists()
    ring("dead")
    assert not path.exists()


def _environment() -> dict[str, str]:
    import os

    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "fanwen.config.settings",
        "PYTHONPATH": ":".join(path for path in sys.path if path),
    }
