"""Word documents (OOXML): read as a story whose characters know their places in the XML, and edited at those places."""
