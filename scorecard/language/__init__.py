"""The language of what is printed: Chinese, or a translation of it that a catalogue holds.

A sentence stands in the code in Chinese and is its own key. `_` and `html` give it in the language that
`speaking` set for the present context, Chinese unless somebody did. What is kept as evidence is always
Chinese: `later` makes a Chinese text that remembers how it was made, so that a page can say it otherwise.
"""

from scorecard.language.catalogue import Catalogue, UntranslatedError, catalogue
from scorecard.language.filling import plain
from scorecard.language.speech import (
    CHINESE,
    ENGLISH,
    LANGUAGES,
    N_,
    NC_,
    TAGS,
    Language,
    Later,
    _,
    _c,
    beside,
    chinese,
    counted,
    html,
    is_chinese,
    language,
    later,
    later_list,
    named,
    said,
    speaking,
    spoken,
    term,
)

__all__ = [
    "CHINESE",
    "ENGLISH",
    "LANGUAGES",
    "NC_",
    "N_",
    "TAGS",
    "Catalogue",
    "Language",
    "Later",
    "UntranslatedError",
    "_",
    "_c",
    "beside",
    "catalogue",
    "chinese",
    "counted",
    "html",
    "is_chinese",
    "language",
    "later",
    "later_list",
    "named",
    "plain",
    "said",
    "speaking",
    "spoken",
    "term",
]
