"""Values as people type them, and as a document writes them: numbers, amounts, dates, choices."""
