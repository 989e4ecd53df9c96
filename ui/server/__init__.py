"""The server behind the page and the REST interface: one engine for all, a queue, limits, and no text in any log."""
