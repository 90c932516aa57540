"""The form of a backup: a tar archive that ordinary tools can read.

    about.json        what it is: version of the form, of Fanwen and of the database, when it was made, how much it holds
    originals/ab/cd/<sha256>
    renditions/ab/cd/<sha256>.pdf
    fanwen.sqlite3    the catalogue, as of the moment the backup began
    SHA256SUMS        of every member before it, as sha256sum(1) reads them; without it the archive is cut short

Not in it: the index and the cache, which are made again; the signing key and open sessions, so that who gets hold of a
backup can't act as somebody who was signed in when it was made.
"""

from __future__ import annotations

import re

FORM = 1
"""Raised when an older Fanwen could not read what is written."""

ABOUT = "about.json"
DATABASE = "fanwen.sqlite3"
SUMS = "SHA256SUMS"

MEMBER = re.compile(
    r"about\.json|fanwen\.sqlite3|SHA256SUMS"
    r"|originals/([0-9a-f]{2})/([0-9a-f]{2})/\1\2[0-9a-f]{60}"
    r"|renditions/([0-9a-f]{2})/([0-9a-f]{2})/\3\4[0-9a-f]{60}\.pdf"
)
"""Every name that a member may have. No other is ever written to the disk."""

BLOCK = 1 << 20


class BackupError(Exception):
    """A backup that can't be made or read back; the message says why and what to do."""
