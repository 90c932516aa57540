"""The loop: a request a line on standard input, an answer a line on standard output."""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
from typing import Any

from .document import Refused, export
from .soffice import Soffice, StartFailed, die_with_parent


def serve(config: dict[str, Any], confined: list[str]) -> None:
    """Start LibreOffice as `config` says (see `Soffice`) and serve until standard input ends."""
    die_with_parent()
    # Whatever a library prints must not get between the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def answer(message: dict[str, Any]) -> None:
        answers.write(json.dumps(message) + "\n")
        answers.flush()

    office = Soffice(config)
    requests: queue.Queue[dict[str, Any]] = queue.Queue()
    threading.Thread(target=_listen, args=(requests, office), daemon=True).start()
    try:
        office.start()
    except StartFailed as error:
        answer({"error": "start", "detail": str(error)})
        office.stop()
        return
    threading.Thread(target=_watch, args=(office,), daemon=True).start()
    answer({"ready": True, "sockets": office.sockets(), "confined": confined})
    while True:
        request = requests.get()
        office.limit(request["limits"])
        try:
            result = export(office.context, office.desktop, request)
        except Refused as refused:
            result = {"error": refused.code, "detail": refused.detail}
        except Exception as error:
            # A document may break anything in LibreOffice; what it was goes to the log of whoever asked.
            result = {"error": "failed", "detail": f"{type(error).__name__}: {error}"}
        if not office.alive():
            answer({"error": "died", "detail": str(result.get("detail", ""))})
            return
        result["memory"] = office.memory()
        answer(result)


def _listen(requests: queue.Queue[dict[str, Any]], office: Soffice) -> None:
    """Read requests; at the end of input stop everything, whatever the other thread is waiting for."""
    for line in sys.stdin:
        requests.put(json.loads(line))
    office.stop()
    os._exit(0)


def _watch(office: Soffice) -> None:
    """End with LibreOffice, so that its owner sees at once that there is none."""
    office.wait()
    os._exit(1)
