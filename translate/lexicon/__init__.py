"""What is known of French words: the dictionary, and the base forms of inflected words."""
