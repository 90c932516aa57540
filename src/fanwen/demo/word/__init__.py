"""Demo sources made into DOCX files that look like those of Chinese offices."""

from fanwen.demo.word.document import write

__all__ = ["write"]
