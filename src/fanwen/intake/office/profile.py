"""The private LibreOffice profile each office process starts with."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

COMMON = "/org.openoffice.Office.Common"
SETTINGS: tuple[tuple[str, str, str], ...] = (
    # Macros never run, whatever a document or a trusted folder says.
    (f"{COMMON}/Security/Scripting", "MacroSecurityLevel", "3"),
    (f"{COMMON}/Security/Scripting", "DisableMacrosExecution", "true"),
    # Linked pictures, frames and objects of documents that stand in no trusted folder (none is trusted) are not fetched.
    (f"{COMMON}/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "2"),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", "2"),
    # Should anything ask for the network all the same: a proxy where nobody listens.
    ("/org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("/org.openoffice.Inet/Settings", "ooInetNoProxy", ""),
    # The document is a private copy: no lock files, no recovery copies, nothing remembered.
    (f"{COMMON}/Misc", "UseLocking", "false"),
    (f"{COMMON}/Misc", "UseDocumentOOoLockFile", "false"),
    (f"{COMMON}/Misc", "UseDocumentSystemFileLocking", "false"),
    (f"{COMMON}/Misc", "FirstRun", "false"),
    (f"{COMMON}/Misc", "ShowTipOfTheDay", "false"),
    (f"{COMMON}/History", "PickListSize", "0"),
    ("/org.openoffice.Office.Recovery/AutoSave", "Enabled", "false"),
    ("/org.openoffice.Office.Recovery/RecoveryInfo", "Enabled", "false"),
    ("/org.openoffice.Office.Recovery/RecoveryInfo", "CrashReport", "false"),
    ("/org.openoffice.Office.Java/VirtualMachine", "Enable", "false"),
    # Paper, fonts and dates where a document leaves them open.
    ("/org.openoffice.Setup/L10N", "ooSetupSystemLocale", "zh-CN"),
    ("/org.openoffice.Office.Linguistic/General", "DefaultLocale_CJK", "zh-CN"),
    # Formulas show the values they were saved with: recalculating is slow and may reach for other files.
    ("/org.openoffice.Office.Calc/Formula/Load", "OOXMLRecalcMode", "1"),
    ("/org.openoffice.Office.Calc/Formula/Load", "ODFRecalcMode", "1"),
)
"""Configuration path, property, value (officecfg/registry/schema of LibreOffice)."""


def write(folder: Path) -> None:
    """Make the profile `folder` with nothing but `SETTINGS` in it."""
    user = folder / "user"
    user.mkdir(parents=True)
    items = "\n".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{escape(value)}</value></prop></item>'
        for path, name, value in SETTINGS
    )
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n{items}\n</oor:items>\n',
        encoding="utf-8",
    )
