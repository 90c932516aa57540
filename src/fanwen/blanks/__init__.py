"""Blanks of a document: detect, fill, mask, diff. Plain Python without Django."""
