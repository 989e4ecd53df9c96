"""One module or package a format, each with ``parse`` and ``outline``."""
