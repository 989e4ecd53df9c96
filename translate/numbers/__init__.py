"""Numerals of both languages: read from digits and words, and written as English writes them."""
