"""The programs the library works with: LibreOffice, the sandbox, text recognition."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

from fanwen.config.options import read
from fanwen.intake import ocr, office, sandbox
from fanwen.intake.office.installed import program
from fanwen.upkeep.findings import Finding, ok, problem, warning

INSTALL = "apt-get install -y --no-install-recommends"


def findings() -> Iterator[Finding]:
    yield _office()
    yield _sandbox()
    yield _recognition()
    yield _translations()


def _office() -> Finding:
    if lacking := office.missing():
        packages = lacking.partition(": ")[2].replace(",", "")
        return problem("office", f"office documents can't be converted: {lacking}", f"{INSTALL} {packages}")
    return ok("office", f"LibreOffice is at {program()}, with its Python bridge")


def _sandbox() -> Finding:
    if not read("FANWEN_SANDBOX"):
        return warning("sandbox", "converters run outside a sandbox, as FANWEN_SANDBOX says", "FANWEN_SANDBOX=yes")
    if not (reason := sandbox.available()):
        return ok("sandbox", "converters run in bubblewrap, without network and without a view of other files")
    if "not installed" in reason:
        return warning("sandbox", f"converters run with limits only: {reason}", f"{INSTALL} bubblewrap")
    return warning(
        "sandbox",
        f"converters run with limits only: {reason}",
        "allow user namespaces: sysctl -w kernel.unprivileged_userns_clone=1 (Debian), an AppArmor profile for bwrap "
        "(Ubuntu), or for a container --security-opt seccomp=unconfined",
    )


def _recognition() -> Finding:
    if not read("FANWEN_OCR"):
        return ok("ocr", "text of scanned pages is not recognised, as FANWEN_OCR says")
    if not ocr.available():
        return warning(
            "ocr",
            "text of scanned pages can't be recognised: the extra ocr is not installed",
            'pip install "fanwen[ocr]"',
        )
    return ok("ocr", "text of scanned pages is recognised")


def _translations() -> Finding:
    if shutil.which("msgfmt") is None:
        return warning("translations", "the interface may stay in English: no msgfmt", f"{INSTALL} gettext")
    return ok("translations", "msgfmt is there to make them")
