"""Runs any encoder-decoder checkpoint well; knows nothing of French, English or summaries."""

if __name__ == "seq2seq":  # found in a checkout by its old name
    from passerelle.checkout import redirect

    redirect(__name__)
