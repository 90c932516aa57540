"""Where things lie in the data folder. No other module joins these names."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Folders:
    """The data folder at `root`. Asking for a path makes nothing; `make` makes every folder."""

    root: Path

    @property
    def database(self) -> Path:
        return self.root / "fanwen.sqlite3"

    @property
    def originals(self) -> Path:
        return self.root / "originals"

    @property
    def renditions(self) -> Path:
        return self.root / "renditions"

    @property
    def index(self) -> Path:
        """Holds the index generations and the pointer to the live one."""
        return self.root / "index"

    @property
    def incoming(self) -> Path:
        """Uploads on their way; on the same file system as `originals`, so that storing one is a rename."""
        return self.root / "incoming"

    @property
    def cache(self) -> Path:
        return self.root / "cache"

    @property
    def filled(self) -> Path:
        """Filled documents; each is made again when it is asked for and missing."""
        return self.cache / "filled"

    @property
    def batches(self) -> Path:
        """Sheets that were sent in and the documents made of their rows, for some days."""
        return self.cache / "batches"

    @property
    def masks(self) -> Path:
        """Files to be masked, their templates and keys, for some hours."""
        return self.cache / "masks"

    @property
    def previews(self) -> Path:
        """PDFs of forms as they stand; made anew when asked for."""
        return self.cache / "previews"

    def office_copy(self, sha256: str) -> Path:
        """The DOCX made of the word processor file `sha256`, to fill in its place."""
        return self.cache / "templates" / sha256[:2] / f"{sha256}.docx"

    @property
    def run(self) -> Path:
        """Locks, sockets and the converters' scratch folders of running processes."""
        return self.root / "run"

    @property
    def secret_key(self) -> Path:
        return self.root / "secret_key"

    def original(self, sha256: str) -> Path:
        return self.originals / sha256[:2] / sha256[2:4] / sha256

    def rendition(self, sha256: str) -> Path:
        """The PDF made from the original `sha256` (an original that is a PDF is its own rendition)."""
        return self.renditions / sha256[:2] / sha256[2:4] / f"{sha256}.pdf"

    def make(self) -> None:
        for folder in (self.originals, self.renditions, self.index, self.incoming, self.cache, self.run):
            folder.mkdir(parents=True, exist_ok=True)
