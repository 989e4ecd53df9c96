"""The words for numbers, in French and in English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property


def _series(first: int, step: int, text: str) -> dict[str, int]:
    return {word: first + step * index for index, group in enumerate(text.split()) for word in group.split("/")}


@dataclass(frozen=True)
class NumberWords:
    """One language's words.

    ``plain``: what is added up; ``scales``: what multiplies; ``loose``: words that stand for a number without saying
    it outright, so that the other language may do without; ``joiner``: what may stand between two parts of a number;
    ``scale_signs``: scales that are written against digits and may be a unit as well.
    """

    plain: Mapping[str, int]
    scales: Mapping[str, int]
    loose: Mapping[str, int]
    joiner: str
    scale_signs: Mapping[str, int]
    months: Mapping[str, int]

    @cached_property
    def known(self) -> frozenset[str]:
        """Every word with which a number may begin."""
        return frozenset({*self.plain, *self.scales, *self.loose, *self.months})


FRENCH = NumberWords(
    plain={
        **_series(
            0,
            1,
            """zéro/zero un/une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze
            seize""",
        ),
        **_series(20, 10, "vingt/vingts trente quarante cinquante soixante septante octante/huitante nonante"),
        "cent": 100,
        "cents": 100,
    },
    scales={
        "mille": 1000,
        "million": 10**6,
        "millions": 10**6,
        "milliard": 10**9,
        "milliards": 10**9,
        "billion": 10**12,
        "billions": 10**12,
    },
    loose={
        **_series(
            1,
            1,
            """premier/première/premiers/premières/1er/1re deuxième/second/seconde/secondes/seconds/double/doubler
            troisième/tiers/triple/tripler quatrième/quart/quarts cinquième sixième septième huitième/huitaine neuvième
            dixième/dizaine/dizaines/décennie onzième douzième/douzaine/douzaines treizième quatorzième
            quinzième/quinzaine seizième dix-septième dix-huitième dix-neuvième vingtième/vingtaine""",
        ),
        **_series(30, 10, "trentaine/trentième quarantaine/quarantième cinquantaine/cinquantième soixantaine"),
        **dict.fromkeys("centaine centaines centième siècle siècles pourcent".split(), 100),
        **dict.fromkeys("millier milliers millième millénaire".split(), 1000),
        "aucun": 0,
        "aucune": 0,
        "midi": 12,
        "minuit": 12,
    },
    joiner="et",
    scale_signs={"k": 1000, "milles": 1000, "M": 10**6, "Md": 10**9, "Mds": 10**9, "Mio": 10**6},
    months=_series(
        1,
        1,
        "janvier février/fevrier mars avril mai juin juillet août/aout septembre octobre novembre décembre/decembre",
    ),
)

ENGLISH = NumberWords(
    plain={
        **_series(
            0,
            1,
            """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
            seventeen eighteen nineteen""",
        ),
        **_series(20, 10, "twenty thirty forty/fourty fifty sixty seventy eighty ninety"),
        "hundred": 100,
    },
    scales={
        "thousand": 1000,
        "thousands": 1000,
        "million": 10**6,
        "millions": 10**6,
        "billion": 10**9,
        "billions": 10**9,
        "trillion": 10**12,
        "trillions": 10**12,
    },
    loose={
        **_series(
            1,
            1,
            """first/once/single/1st second/seconds/twice/double/doubled/both/half/two-thirds/couple/pair
            third/thirds/triple/thrice/tripled fourth/quarter/quarters/quadruple fifth/fifths sixth seventh eighth ninth
            tenth/tenths/decade eleventh twelfth/dozen/dozens thirteenth fourteenth/fortnight fifteenth sixteenth
            seventeenth eighteenth nineteenth twentieth""",
        ),
        **_series(20, 10, "twenties thirties forties fifties sixties seventies eighties nineties"),
        **_series(30, 10, "thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth"),
        **dict.fromkeys("hundreds hundredth century centuries".split(), 100),
        **dict.fromkeys("thousands thousandth millennium".split(), 1000),
        "no": 0,
        "none": 0,
        "noon": 12,
        "midday": 12,
        "midnight": 12,
    },
    joiner="and",
    scale_signs={
        "k": 1000,
        "K": 1000,
        "m": 10**6,
        "M": 10**6,
        "mn": 10**6,
        "mln": 10**6,
        "bn": 10**9,
        "b": 10**9,
        "B": 10**9,
        "tn": 10**12,
    },
    months=_series(1, 1, "january february march april may june july august september october november december"),
)
