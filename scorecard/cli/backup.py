"""`scorecard backup` and `scorecard restore`."""

import argparse

from scorecard.errors import Exit
from scorecard.messages.portal import BACKUP


def backup(arguments: argparse.Namespace) -> Exit:
    """Write a back-up and print how many files it has."""
    from scorecard.pipeline.backup import back_up
    from scorecard.pipeline.folder import DataFolder

    count = back_up(DataFolder.open(arguments.data, arguments.home), arguments.out)
    print(BACKUP["written"].format(path=arguments.out, count=count))
    return Exit.OK


def restore(arguments: argparse.Namespace) -> Exit:
    """Put a back-up into a new folder, check it and print the ledger's last hash."""
    from scorecard.pipeline.backup import restore as put_back

    count, head = put_back(arguments.archive, arguments.to)
    print(BACKUP["restored"].format(path=arguments.to, count=count, head=head or BACKUP["no_ledger"]))
    return Exit.OK
