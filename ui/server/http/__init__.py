"""What a request meets first: who may come in, how often, and what a body must look like."""
