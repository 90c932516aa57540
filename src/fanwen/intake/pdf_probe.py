"""Ask pdfium, in a process of its own, whether a PDF opens without a password.

Type detection runs where uploads arrive, among the threads of a web server. pdfium must not be called from two threads,
and a malformed file may crash it; so the few files that name an encryption dictionary are tried in a short-lived child.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

SECONDS = 10
"""The longest a probe may take; a file that takes longer is left to the converter's own limits."""
_MEMORY = 1024**3


def needs_password(path: Path) -> bool:
    """Whether the PDF at `path` can't be opened with the empty user password."""
    try:
        result = subprocess.run(
            [sys.executable, "-m", "fanwen.intake.pdf_probe", str(path.absolute())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    return result.stdout.strip() == b"password"


def main(path: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        print("password" if error.err_code == pdfium.FPDF_ERR_PASSWORD else "damaged")
    else:
        print("open")


if __name__ == "__main__":
    main(sys.argv[1])
