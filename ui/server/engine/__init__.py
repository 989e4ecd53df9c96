"""The one model that all requests share, and the queue before it."""
