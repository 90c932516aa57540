"""The pages people see: home, results, document, category, upload."""
