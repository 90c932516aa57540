"""What runs beside LibreOffice: starts it, loads, lays out and exports one document at a time.

This package is run by the system's Python, for which `uno` is built, inside the sandbox, and so uses nothing but the
standard library and `uno`. It speaks JSON lines on its standard input and output; `fanwen.intake.office.process` is
the other end. It must run under Python 3.9.
"""
