"""Which font families this machine has, and what stands in for one it has not."""

from __future__ import annotations

import functools
import os
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

from . import FOLDER

SCRIPT = re.compile(r"(?<=CJK)(sc|tc|hk|jp|kr)", re.IGNORECASE)
PDF_FONT = re.compile(rb"/FontName\s*/(?:[A-Z]{6}\+)?([^\s/<>\[\]()]+)")


def _fontconfig(*words: str) -> str:
    environment = {**os.environ, "FONTCONFIG_FILE": str(FOLDER / "fonts.conf"), "FC_LANG": "zh-cn"}
    done = subprocess.run(words, env=environment, capture_output=True, text=True, timeout=60, check=True)
    return done.stdout


@functools.cache
def installed() -> frozenset[str]:
    """Names of all families, in every language they are named in, case-folded."""
    listed = _fontconfig("fc-list", "--format", "%{family}\n")
    return frozenset(name.strip().casefold() for name in re.split(r"[,\n]", listed) if name.strip())


@functools.lru_cache(1000)
def replacement(family: str) -> str:
    """The PostScript name of the font that stands in for `family`."""
    # A colon or hyphen would begin the pattern's properties or size.
    return _fontconfig("fc-match", "--format", "%{postscriptname}", re.sub(r"([-:,\\])", r"\\\1", family))


def replaced(wanted: Iterable[str], pdf: Path) -> tuple[str, ...]:
    """Those of the `wanted` families that are not installed and whose replacement stands in `pdf`, sorted.

    Documents name fonts they never use; what the PDF embeds tells which were. LibreOffice writes font descriptors
    uncompressed, so no PDF reader is needed.
    """
    absent = {name for name in wanted if name.casefold() not in installed()}
    if not absent:
        return ()
    embedded = {_stem(name.decode("latin-1")) for name in PDF_FONT.findall(pdf.read_bytes())}
    return tuple(sorted(name for name in absent if _stem(replacement(name)) in embedded))


def _stem(postscript_name: str) -> str:
    """The family part. The faces of one collection for several scripts share a single name within the font file."""
    return SCRIPT.sub("", postscript_name.partition("-")[0]).casefold()
