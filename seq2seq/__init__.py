"""Runs any encoder-decoder checkpoint well; knows nothing of French, English or summaries."""
