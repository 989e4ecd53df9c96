"""French to English, sentence by sentence, with nothing lost and nothing doubtful unmarked.

from passerelle.translate import Translator
page = Translator()("Bonjour à tous.")
senses = dictionary.look_up("dort")
translate_document("lettre.docx").save("letter.docx")
"""

from passerelle.translate.flags import Flag, Kind, Message
from passerelle.translate.lexicon import dictionary
from passerelle.translate.progressive import Progressive
from passerelle.translate.segmenter import Block, Segment, segment
from passerelle.translate.sentence_pair import Sentence
from passerelle.translate.translated_document import TranslatedDocument, translate_document
from passerelle.translate.translation import Paragraph, Translation
from passerelle.translate.translator import Translator

__all__ = [
    "Block",
    "Flag",
    "Kind",
    "Message",
    "Paragraph",
    "Progressive",
    "Segment",
    "Sentence",
    "TranslatedDocument",
    "Translation",
    "Translator",
    "dictionary",
    "segment",
    "translate_document",
]

if __name__ == "translate":  # found in a checkout by its old name
    from passerelle.checkout import redirect

    redirect(__name__)
