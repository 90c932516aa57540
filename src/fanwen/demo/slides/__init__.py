"""Demo sources made into PPTX decks."""

from fanwen.demo.slides.deck import write

__all__ = ["write"]
