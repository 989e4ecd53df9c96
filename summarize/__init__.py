"""English text to a shorter English text that shows its evidence."""

from passerelle.summarize.summarizer import Summarizer
from passerelle.summarize.summary import Evidence, Readable, Summary, SummaryFlag, SummarySentence

__all__ = ["Evidence", "Readable", "Summarizer", "Summary", "SummaryFlag", "SummarySentence"]

if __name__ == "summarize":  # found in a checkout by its old name
    from passerelle.checkout import redirect

    redirect(__name__)
