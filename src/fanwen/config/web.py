"""The web server process: gunicorn with threads, told everything by the supervisor through the environment."""

from __future__ import annotations

import os
from typing import Any

from gunicorn.app.base import BaseApplication

from fanwen.config.child import die_with_parent, settle

WORKERS = 2
THREADS = 16
"""More than page images may be waited for at once (`fanwen.reading.rendering.MOST_WAITING`)."""


class WebServer(BaseApplication):  # type: ignore[misc]
    """gunicorn, configured here instead of by a file."""

    def load_config(self) -> None:
        settings: dict[str, Any] = {
            "bind": os.environ["FANWEN_BIND"],
            "worker_class": "gthread",
            "workers": WORKERS,
            "threads": THREADS,
            "timeout": 120,
            "graceful_timeout": 5,
            "keepalive": 5,
            # What the application loads is there once, and a worker that died is back at once.
            "preload_app": True,
            "worker_tmp_dir": "/dev/shm" if os.path.isdir("/dev/shm") else None,  # noqa: PTH112
            "accesslog": None,
            "loglevel": "warning",
            "logconfig_dict": {},
            "post_worker_init": _ready,
            "control_socket_disable": True,
        }
        for name, value in settings.items():
            if name in self.cfg.settings and value is not None and value != {}:
                self.cfg.set(name, value)

    def load(self) -> Any:
        from django.urls import get_resolver

        from fanwen.config.wsgi import application

        # Pages and what they need, now rather than at the first request of each worker.
        get_resolver().url_patterns  # noqa: B018
        return application


def _ready(worker: Any) -> None:
    """A worker has loaded the application: to walk through that again would take as long as a search."""
    die_with_parent()
    settle()


def main() -> None:
    WebServer().run()
