"""Word processor documents: shown as if all changes were accepted."""

from __future__ import annotations

from typing import Any

A4 = (21000, 29700)
MARGIN = 2000
"""Lengths in 1/100 mm."""


def lay_out(context: Any, document: Any, *, page: bool) -> None:
    """Accept tracked changes; with `page`, give a document without pages of its own (HTML) those of A4."""
    if document.getRedlines().createEnumeration().hasMoreElements():
        # Hiding changes still shows what was inserted in its author's colour.
        helper = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
        frame = document.getCurrentController().getFrame()
        helper.executeDispatch(frame, ".uno:AcceptAllTrackedChanges", "", 0, ())
    if page:
        styles = document.getStyleFamilies().getByName("PageStyles")
        for style in (styles.getByIndex(index) for index in range(styles.getCount())):
            style.IsLandscape = False
            style.Width, style.Height = A4
            style.LeftMargin = style.RightMargin = style.TopMargin = style.BottomMargin = MARGIN
