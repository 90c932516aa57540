"""Templates on the web: the blanks of the library's documents, drafts, and filled documents."""
