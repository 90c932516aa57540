"""Load by wrk (https://github.com/wg/wrk): in C, so that the client leaves the cores to the server."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

CLIENTS = 16
SECONDS = 5

_SCRIPT = """
local paths = {%s}
local at = 0
request = function()
  at = at %% #paths + 1
  return wrk.format("GET", paths[at], {["Accept-Encoding"] = "gzip", ["Accept-Language"] = "zh-CN"%s})
end
done = function(summary, latency)
  local errors = summary.errors
  io.write(string.format('\\nRESULT {"requests": %%d, "microseconds": %%d, "p99": %%f, "failed": %%d}\\n',
    summary.requests, summary.duration, latency:percentile(99),
    errors.status + errors.connect + errors.read + errors.write))
end
"""


@dataclass(frozen=True)
class Load:
    """What one run came to."""

    rate: float
    """Requests a second."""
    p99: float
    """Milliseconds."""


def missing() -> str:
    """Why no load can be made here; empty where it can."""
    return "" if shutil.which("wrk") else "wrk is not installed (apt-get install wrk)"


def load(url: str, paths: Sequence[str], *, cookie: str = "", seconds: int = SECONDS) -> Load:
    """`CLIENTS` connections asking for `paths` in turn for some `seconds`. Raises `RuntimeError` when any answer failed."""
    header = f', ["Cookie"] = "{cookie}"' if cookie else ""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder, "load.lua")
        script.write_text(_SCRIPT % (", ".join(f'"{path}"' for path in paths), header), encoding="utf-8")
        printed = subprocess.run(
            ["wrk", "-t", "1", "-c", str(CLIENTS), "-d", f"{seconds}s", "-s", str(script), url],
            capture_output=True,
            text=True,
            check=True,
            timeout=seconds + 60,
        ).stdout
    result = json.loads(printed.rpartition("RESULT ")[2])
    if result["failed"] or not result["requests"]:
        raise RuntimeError(f"{result['failed']} of {result['requests']} requests to {url}{paths[0]} failed")
    return Load(result["requests"] / result["microseconds"] * 1e6, result["p99"] / 1000)
