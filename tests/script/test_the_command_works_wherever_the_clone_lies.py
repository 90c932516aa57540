from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_command_finds_its_python_and_its_sources_after_a_move(tmp_path: Path) -> None:
    """As script/setup puts it into .venv: a shell script that starts the Python beside it, and a relative path to src."""
    clone = tmp_path / "first place"
    venv = clone / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)
    site = Path(sysconfig.get_path("purelib", vars={"base": str(venv)}))
    (site / "fanwen.pth").write_text("../../../../src\n", encoding="utf-8")
    (clone / "src" / "fanwen").mkdir(parents=True)
    (clone / "src" / "fanwen" / "__init__.py").touch()
    (clone / "src" / "fanwen" / "cli.py").write_text(
        "import sys\n\ndef main():\n    print('ran with', sys.argv[1:])\n", encoding="utf-8"
    )
    shutil.copy(ROOT / "script" / "fanwen.entry", venv / "bin" / "fanwen")
    (venv / "bin" / "fanwen").chmod(0o755)
    moved = clone.rename(tmp_path / "another place")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [moved / ".venv/bin/fanwen", "show", "a b"], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.returncode) == ("ran with ['show', 'a b']\n", 0), done.stderr
