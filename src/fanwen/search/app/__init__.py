"""The Django side of search: the queue of changes, the one index writer, and what the pages ask of search."""
