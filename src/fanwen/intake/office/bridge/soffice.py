"""One LibreOffice process: start, connect, limit, stop."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import uno
from com.sun.star.connection import NoConnectException

RESTART = (79, 81)
"""Exit codes with which LibreOffice asks to be started again (desktop/source/app: EXITHELPER_*_RESTART)."""
PR_SET_PDEATHSIG = 1


class StartFailed(Exception):
    """LibreOffice did not come up; the text says what it printed or how it ended."""


def die_with_parent() -> None:
    """Ask the kernel to kill this process when its parent ends, however that ends."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


class Soffice:
    """`config`: `program` (path of soffice.bin), `profile` and `temp` (folders), `pipe` (name), `seconds` (to start)."""

    def __init__(self, config: dict[str, Any]) -> None:
        self._config = config
        self._process: subprocess.Popen[bytes] | None = None
        self.context: Any = None
        self.desktop: Any = None

    @property
    def pid(self) -> int:
        return self._process.pid if self._process else 0

    def start(self) -> None:
        deadline = time.monotonic() + self._config["seconds"]
        self._launch()
        context = uno.getComponentContext()
        resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
        url = f"uno:pipe,name={self._config['pipe']};urp;StarOffice.ComponentContext"
        while True:
            try:
                remote = resolver.resolve(url)
                break
            except NoConnectException:
                if time.monotonic() > deadline:
                    raise StartFailed(f"no connection after {self._config['seconds']} s") from None
                code = self._process.poll() if self._process else None
                if code in RESTART:
                    self._launch()
                elif code is not None:
                    raise StartFailed(f"LibreOffice ended with status {code}") from None
                time.sleep(0.02)
        self.context = remote
        self.desktop = remote.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", remote)

    def _launch(self) -> None:
        profile = Path(self._config["profile"]).as_uri()
        environment = {**os.environ, "HOME": self._config["temp"], "TMPDIR": self._config["temp"]}
        # soffice.bin itself rather than the soffice script: the script and its splash process are two more
        # processes to lose track of, and do nothing for a headless server.
        self._process = subprocess.Popen(
            [
                self._config["program"],
                "--headless",
                "--invisible",
                "--nologo",
                "--nodefault",
                "--norestore",
                "--nolockcheck",
                "--nofirststartwizard",
                f"-env:UserInstallation={profile}",
                f"--accept=pipe,name={self._config['pipe']};urp;StarOffice.ComponentContext",
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            cwd=self._config["temp"],
            env=environment,
            preexec_fn=die_with_parent,
        )

    def alive(self) -> bool:
        if self._process is None:
            return False
        try:
            # The connection can break a moment before the process is gone.
            self.desktop.getImplementationName()
        except Exception:
            return False
        return self._process.poll() is None

    def limit(self, limits: dict[str, int]) -> None:
        """`cpu` seconds from now on, `memory` bytes of address space, `file` bytes a file; soft limits, set anew."""
        if self._process is None:
            return
        pid = self._process.pid
        cpu = int(self._cpu_seconds()) + limits["cpu"] + 1
        wanted = {
            resource.RLIMIT_CPU: cpu,
            resource.RLIMIT_AS: limits["memory"],
            resource.RLIMIT_FSIZE: limits["file"],
            resource.RLIMIT_CORE: 0,
        }
        for which, value in wanted.items():
            most = resource.prlimit(pid, which)[1]
            soft = value if most == resource.RLIM_INFINITY else min(value, most)
            resource.prlimit(pid, which, (soft, most))

    def _cpu_seconds(self) -> float:
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> int:
        """Resident bytes."""
        return int(Path(f"/proc/{self.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    def sockets(self) -> list[str]:
        """Paths of the sockets LibreOffice made: it leaves them behind when it is killed."""
        mine = set()
        for descriptor in Path(f"/proc/{self.pid}/fd").iterdir():
            try:
                mine.add(str(descriptor.readlink()))
            except FileNotFoundError:
                continue
        lines = Path("/proc/net/unix").read_text().splitlines()[1:]
        found = [line.split() for line in lines if "/OSL_PIPE_" in line]
        return [fields[7] for fields in found if f"socket:[{fields[6]}]" in mine]

    def wait(self) -> None:
        """Until LibreOffice has ended."""
        if self._process is not None:
            self._process.wait()

    def stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait()
