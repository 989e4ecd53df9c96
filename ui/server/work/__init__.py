"""What a request has done for it."""
