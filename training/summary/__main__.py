"""``python -m training.summary``: see ``training.summary.compressor``."""

from training.summary.compressor import main

if __name__ == "__main__":
    main()
