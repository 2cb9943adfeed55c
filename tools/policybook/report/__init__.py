"""Results in, page trees out."""
