"""What others do with an upload: a new LibreOffice a file, then the text in one piece and pictures of the first pages."""

from __future__ import annotations

import subprocess
from pathlib import Path

PAGES = 12
WIDTH = 1000


class Peer:
    """Converts one file after the other, as moredoc does. Its profile is kept, so it is spared the first start."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._profile = (folder / "profile").as_uri()

    def convert(self, source: Path) -> Path:
        """The folder with `source` as a PDF, its text and its first pages."""
        target = self.folder / f"{source.stem}-{source.suffix[1:]}"
        target.mkdir(parents=True, exist_ok=True)
        self._run(
            "soffice",
            f"-env:UserInstallation={self._profile}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            target,
            source,
        )
        pdf = target / f"{source.stem}.pdf"
        self._run("pdftotext", pdf, target / "text.txt")
        self._run("pdftoppm", "-l", PAGES, "-scale-to-x", WIDTH, "-scale-to-y", -1, "-png", pdf, target / "page")
        return target

    def page(self, pdf: Path, number: int) -> None:
        """One page as a picture."""
        self._run(
            "pdftoppm",
            "-f",
            number,
            "-l",
            number,
            "-scale-to-x",
            WIDTH,
            "-scale-to-y",
            -1,
            "-png",
            pdf,
            self.folder / "one",
        )

    @staticmethod
    def _run(*argv: object) -> None:
        subprocess.run([str(word) for word in argv], check=True, capture_output=True, timeout=300)
