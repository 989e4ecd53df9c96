"""How the bundled summary checkpoint and the sentence selector were made."""
