"""Everything a person touches: the command, the terminal, the web page."""

if __name__ == "ui":  # found in a checkout by its old name
    from passerelle.checkout import redirect

    redirect(__name__)
