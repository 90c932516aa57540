"""Fanwen: a self-hosted document library in which every document can be read, found by page and reused."""

__version__ = "0.1.0"
