"""A file becomes a readable document: its type, its PDF, its pages, its text. Plain Python without Django."""
