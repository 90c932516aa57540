"""The catalogue: documents, pages, categories, and what may be done to them."""
