"""`python -m fanwen.demo TARGET` makes the demo's files in the folder TARGET."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from fanwen.demo import build
from fanwen.intake.causes import CAUSES
from fanwen.intake.office import Office
from fanwen.intake.types import IntakeError


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("usage: python -m fanwen.demo TARGET", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="fanwen-demo-office-") as scratch, Office(Path(scratch)) as office:
        try:
            files = build(Path(arguments[0]), office)
        except IntakeError as error:
            print(CAUSES[error.code].format(**error.params), file=sys.stderr)
            return 1
    print(f"{len(files)} files in {arguments[0]}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
