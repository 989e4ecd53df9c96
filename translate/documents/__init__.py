"""Files that can be translated: one module a format, each with ``read(path)`` and ``write(...)``."""
