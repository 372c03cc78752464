"""Words of data that a sentence holds: kinds and levels of units, states, verdicts. Translators need them.

Each is a word of a file or a register, so no place in the code makes it; in a sentence it reads as a phrase.
"""

from typing import Final

from scorecard.language import NC_

WORDS: Final = (
    NC_("part", "「{quoted}」"),  # a name, as lists of names have it
    NC_("part", "社区"),
    NC_("part", "片区"),
    NC_("part", "街道"),
    NC_("part", "区"),
    NC_("part", "个人"),
    NC_("part", "辖区单位"),
    NC_("part", "区级"),
    NC_("part", "市级"),
    NC_("part", "省级"),
    NC_("part", "国家级"),
    # what a correction changes
    NC_("part", "状态"),
    # yellow cards
    NC_("part", "已发出"),
    NC_("part", "整改中"),
    NC_("part", "已解除"),
    NC_("part", "已升级"),
    NC_("part", "已到期"),
    # vetoes
    NC_("part", "受理"),
    NC_("part", "成立"),
    NC_("part", "不成立"),
    NC_("part", "撤销"),
    # files that were handed in
    NC_("part", "已退回"),
    NC_("part", "已撤回"),
    # suggestions
    NC_("part", "提出"),
    NC_("part", "同意"),
    NC_("part", "不同意"),
    NC_("part", "采纳"),
    NC_("part", "不采纳"),
    NC_("part", "撤回"),
)
