"""Word lists: general vocabulary and the nouns of forms."""
