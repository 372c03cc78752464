"""Lists that people keep, one row an entry: columns under their labels, days, money, and whose a row is."""

from scorecard.lists.keys import Who, who
from scorecard.lists.table import Notes, Table, open_table

__all__ = ["Notes", "Table", "Who", "open_table", "who"]
