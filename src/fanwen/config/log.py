"""Logging: every line has a time, a level and named values; plain text or JSON, always on standard error."""

from __future__ import annotations

import logging
import os
import sys

import structlog

from fanwen.config.options import read


def configure() -> None:
    """Send the standard library's and structlog's log lines through one format. The processes of a service tell what they
    do (FANWEN_LOG_LEVEL=info, set by ``serve`` and ``work``); a command at a terminal speaks only of trouble."""
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=False),
        structlog.processors.format_exc_info,
    ]
    if read("FANWEN_LOG") == "json":
        final: structlog.typing.Processor = structlog.processors.JSONRenderer(ensure_ascii=False)
    else:
        final = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), pad_event_to=20, pad_level=False)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, final],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(os.environ.get("FANWEN_LOG_LEVEL", "warning").upper())
    logging.getLogger("pikepdf").setLevel(logging.WARNING)
