"""Formats that Fanwen lays out itself before LibreOffice, or without it: text, HTML, tables as text, books, pictures."""
