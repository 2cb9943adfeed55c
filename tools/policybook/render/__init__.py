"""A page tree in, the bytes of one format out; decides nothing about what is said."""
