"""Title, description and keywords of a document, each from what its first pages say."""
