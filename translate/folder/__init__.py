"""A folder of documents, translated while you sleep: resumed where it was killed, with nothing done twice.

from translate.folder import translate_folder
report = translate_folder(Path("letters"), Path("english"), Translator())

``walk`` finds the files, ``file`` takes each from its bytes to its English, ``stream`` lets short files share
batches, and ``database`` keeps every sentence as soon as it is done.
"""

from translate.folder.job import translate_folder
from translate.folder.results import Extra, FileReport, FolderReport, JobOptions, Pace

__all__ = ["Extra", "FileReport", "FolderReport", "JobOptions", "Pace", "translate_folder"]
