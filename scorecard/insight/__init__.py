"""What a result means beyond itself: why it moved, what the next step takes, and what to look at twice.

Everything here is worked out from published relations through `scorecard.scoring`; nothing changes a score.
"""
