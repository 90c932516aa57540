"""Tests never touch a real data folder: loaded with ``-p`` before pytest-django reads the settings."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

os.environ["FANWEN_DATA"] = tempfile.mkdtemp(prefix="fanwen-test-")
atexit.register(shutil.rmtree, os.environ["FANWEN_DATA"], ignore_errors=True)
