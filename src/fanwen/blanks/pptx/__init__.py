"""Presentations (OOXML): the text of their slides as passages, filled in place."""
