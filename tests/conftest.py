from __future__ import annotations

import os
import tempfile

# Before Django reads its settings: tests never touch a real data folder.
os.environ["FANWEN_DATA"] = tempfile.mkdtemp(prefix="fanwen-test-")
