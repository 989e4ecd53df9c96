"""Markdown, read and written without a change outside its prose."""
