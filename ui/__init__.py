"""Everything a person touches: the command, the terminal, the web page."""
