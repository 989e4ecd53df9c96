"""French to English, sentence by sentence, with nothing lost and nothing doubtful unmarked.

from translate import Translator
page = Translator()("Bonjour à tous.")
senses = dictionary.look_up("dort")
"""

from translate.lexicon import dictionary
from translate.progressive import Progressive
from translate.segmenter import Block, Segment, segment
from translate.translation import Flag, Paragraph, Sentence, Translation
from translate.translator import Translator

__all__ = [
    "Block",
    "Flag",
    "Paragraph",
    "Progressive",
    "Segment",
    "Sentence",
    "Translation",
    "Translator",
    "dictionary",
    "segment",
]
