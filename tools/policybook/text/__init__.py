"""Words, sentences, placeholders, normalising, similarity, alignment of two lists of texts, edits, fingerprints."""
