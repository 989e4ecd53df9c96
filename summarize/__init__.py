"""English text to a shorter English text that shows its evidence."""

from summarize.summarizer import Summarizer
from summarize.summary import Evidence, Readable, Summary, SummaryFlag, SummarySentence

__all__ = ["Evidence", "Readable", "Summarizer", "Summary", "SummaryFlag", "SummarySentence"]
