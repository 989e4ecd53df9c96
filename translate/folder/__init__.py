"""A folder of documents, translated while you sleep: resumed where it was killed, with nothing done twice.

from passerelle.translate.folder import translate_folder
report = translate_folder(Path("letters"), Path("english"), Translator())

``walk`` finds the files, ``file`` takes each from its bytes to its English, ``stream`` lets short files share
batches, and ``database`` keeps every sentence as soon as it is done.
"""

from passerelle.translate.folder.job import translate_folder
from passerelle.translate.folder.results import Extra, FileReport, FolderReport, JobOptions, Pace

__all__ = ["Extra", "FileReport", "FolderReport", "JobOptions", "Pace", "translate_folder"]
