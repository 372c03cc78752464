"""`scorecard ledger move`: the ledger of a data folder goes into a PostgreSQL database."""

from scorecard.errors import IntegrityError, UserError
from scorecard.ledger import Head, Ledger, address_file, write_address
from scorecard.pipeline.folder import DataFolder


def move_ledger(folder: DataFolder, address: str) -> Head:
    """Copy the ledger into the empty database at `address`, and write there from now on; return its head.

    The file that it was in stays and refuses to be written.

    Raises:
        UserError: It lies in a database already, or another ledger is in that one.
    """
    if address_file(folder.ledger).is_file():
        raise UserError("台账已经在数据库里，没有搬动。")
    target = Ledger.in_database(address)
    try:
        head = Ledger.at(folder.ledger).hand_over(target)
    except IntegrityError as error:
        raise UserError("那个数据库里已有另一本台账，没有搬动；请换一个空的数据库。") from error
    write_address(folder.ledger, address)
    return head
