"""Tests never touch a real data folder: loaded with ``-p`` before pytest-django reads the settings."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

os.environ["FANWEN_DATA"] = tempfile.mkdtemp(prefix="fanwen-test-")
atexit.register(shutil.rmtree, os.environ["FANWEN_DATA"], ignore_errors=True)

# Playwright's synchronous interface keeps an event loop in the thread of the tests; Django, asked from the same thread
# later, would take it for asynchronous code and refuse.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
