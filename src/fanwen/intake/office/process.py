"""The bridge process with its LibreOffice: start, ask, kill."""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import signal
import subprocess
import threading
import time
from pathlib import Path
from typing import Any

from .. import sandbox
from ..fonts import FOLDER as FONTS
from ..types import IntakeError
from . import installed, profile
from .limits import Limits

BRIDGE = Path(__file__).parent / "bridge"
RUN = "import json, sys; sys.path.append(sys.argv[1]); from bridge.main import main; main(json.loads(sys.argv[2]))"
INSIDE = "/fanwen"
"""Where the sandbox shows the parts of this package that it needs."""


class OfficeProcess:
    """A bridge and the LibreOffice it started, with a new profile in `folder`, which is emptied first.

    Raises `IntakeError`: ``converter_missing`` when LibreOffice is not installed, ``converter_died`` when it won't start.
    """

    def __init__(self, folder: Path, limits: Limits, *, sandboxed: bool) -> None:
        lacking = installed.missing()
        binary = installed.program()
        if lacking or binary is None:
            raise IntakeError("converter_missing", permanent=False, detail=lacking)
        self._folder = folder
        self.sockets: list[Path] = []
        self._unread = b""
        self._pipe = f"fanwen-{os.getpid()}-{id(self):x}"
        shutil.rmtree(folder, ignore_errors=True)
        temp = folder / "temp"
        temp.mkdir(parents=True)
        profile.write(folder / "profile")
        config = {
            "program": str(binary),
            "profile": str(folder / "profile"),
            "temp": str(temp),
            "pipe": self._pipe,
            "seconds": limits.start_seconds,
            "readable": [
                *sandbox.SYSTEM,
                *sandbox.ROOT_FOLDERS,
                "/proc",
                "/dev",
                str(binary.parent.parent),
                str(FONTS),
                str(BRIDGE),
                INSIDE,
            ],
            "writable": [str(folder.parent), "/dev/null"],
        }
        self._process = self._spawn(self._command(config, sandboxed=sandboxed), self._environment(sandboxed=sandboxed))
        try:
            # The bridge gives up on LibreOffice by itself; more time only for its own start.
            ready = self._answer(time.monotonic() + limits.start_seconds + 5)
        except TimeoutError:
            ready = None
        if ready is None or "error" in ready:
            detail = ready["detail"] if ready else self._log()
            self.kill()
            raise IntakeError("converter_died", permanent=False, detail=detail)
        self.sockets = [Path(path) for path in ready["sockets"] if not sandboxed]
        self.confined: frozenset[str] = frozenset(ready["confined"])
        """What the kernel took from it besides the sandbox: "files", "network" (see `bridge.confine`)."""

    def _command(self, config: dict[str, Any], *, sandboxed: bool) -> list[str]:
        place = INSIDE if sandboxed else str(BRIDGE.parent)
        argv = [installed.PYTHON, "-s", "-E", "-B", "-c", RUN, place, json.dumps(config)]
        if not sandboxed:
            return argv
        shown = {BRIDGE: f"{INSIDE}/bridge", FONTS: f"{INSIDE}/fonts"}
        return sandbox.command(argv, writable=[self._folder.parent], readable=shown)

    def _environment(self, *, sandboxed: bool) -> dict[str, str]:
        fonts = Path(f"{INSIDE}/fonts") if sandboxed else FONTS
        return {
            "PATH": "/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "HOME": str(self._folder / "temp"),
            "TMPDIR": str(self._folder / "temp"),
            "FONTCONFIG_FILE": str(fonts / "fonts.conf"),
            # Han characters of a document in no stated language are Chinese, not Japanese.
            "FC_LANG": "zh-cn",
            "SAL_USE_VCLPLUGIN": "svp",
        }

    def _spawn(self, command: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
        """Start from a thread of its own that stays until the process ends.

        The kernel takes the *thread* that started a process for its parent when it comes to dying with the parent
        (prctl(2), PR_SET_PDEATHSIG); whoever asks for a document may well be a thread that ends before.
        """
        started = threading.Event()
        made: list[subprocess.Popen[bytes] | OSError] = []

        def keep() -> None:
            try:
                with (self._folder / "log").open("wb") as log:
                    process = subprocess.Popen(
                        command,
                        stdin=subprocess.PIPE,
                        stdout=subprocess.PIPE,
                        stderr=log,
                        bufsize=0,
                        env=environment,
                        start_new_session=True,
                    )
            except OSError as error:
                made.append(error)
                started.set()
                return
            made.append(process)
            started.set()
            process.wait()

        threading.Thread(target=keep, name="office", daemon=True).start()
        started.wait()
        if isinstance(made[0], OSError):
            raise IntakeError("converter_died", permanent=False, detail=str(made[0])) from made[0]
        return made[0]

    def ask(self, request: dict[str, Any], seconds: float) -> dict[str, Any]:
        """The answer to `request`. Raises `IntakeError` ``timeout`` or ``converter_died``; the process is then gone."""
        deadline = time.monotonic() + seconds
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.flush()
            answer = self._answer(deadline)
        except BrokenPipeError:
            answer = None
        except TimeoutError:
            self.kill()
            raise IntakeError("timeout", seconds=round(seconds)) from None
        if answer is None or answer.get("error") == "died":
            detail = answer["detail"] if answer else self._log()
            self.kill()
            raise IntakeError("converter_died", permanent=False, detail=detail)
        return answer

    def _answer(self, deadline: float) -> dict[str, Any] | None:
        """The next line from the bridge, None when it has ended. Raises TimeoutError."""
        assert self._process.stdout is not None
        descriptor = self._process.stdout.fileno()
        while b"\n" not in self._unread:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([descriptor], [], [], left)[0]:
                raise TimeoutError
            block = os.read(descriptor, 65536)
            if not block:
                return None
            self._unread += block
        line, self._unread = self._unread.split(b"\n", 1)
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _log(self) -> str:
        log = self._folder / "log"
        return log.read_text(errors="replace")[-500:].strip() if log.exists() else ""

    def pids(self) -> tuple[int, ...]:
        """This process's children and theirs, from the first started to the last."""
        found = [self._process.pid]
        for pid in found:
            for task in Path(f"/proc/{pid}/task").glob("*/children"):
                found += map(int, task.read_text().split())
        return tuple(found)

    def alive(self) -> bool:
        """Whether it waits for a request. An output that can be read before anything was asked is at its end."""
        assert self._process.stdout is not None
        return not select.select([self._process.stdout], [], [], 0)[0]

    def kill(self) -> None:
        """End the bridge and LibreOffice at once. Nothing of either is worth waiting for: its folder goes with it."""
        if self._process.returncode is None:
            # It may end by itself at any moment.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()
        for path in (*self.sockets, *Path("/tmp").glob(f"OSL_PIPE_*{self._pipe}")):
            path.unlink(missing_ok=True)
        shutil.rmtree(self._folder, ignore_errors=True)
