"""`scorecard ledger move` and `scorecard store move`: the evidence of a data folder goes elsewhere.

What was there stays. Who still writes into it is refused, so that nothing is evidence in one place only.
"""

from collections.abc import Sequence
from typing import Final

from scorecard.addresses import address_file, address_of, forget_address, write_address
from scorecard.errors import IntegrityError, UserError
from scorecard.ledger import Head, Ledger
from scorecard.names import listed
from scorecard.pipeline.folder import DataFolder
from scorecard.store import FolderStore, Store, alone, bucket_at, store_at

_SHOWN: Final = 3


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


def move_store(folder: DataFolder, address: str | None) -> int:
    """Copy every object into the bucket at `address`, None: into the data folder, and keep objects there from
    now on; return how many there are. Each is read back and held against its hash before.

    Most is copied while others work; they wait for the rest only. A move that was cut short goes on when it
    is repeated.

    Raises:
        UserError: The store lies there already, or objects lie there that are not of this store.
        DamagedError: An object is gone or was changed, here or there; the store stays where it is.
    """
    source = store_at(folder.store)
    target = FolderStore(folder.store) if address is None else bucket_at(address)
    if source.address == target.address:
        raise UserError("留存文件已经在那里，没有搬动。")
    done = source.objects()
    _refuse_others(set(target.objects()) - set(done))
    target.refuse_overwriting()
    _copy(source, target, done)
    with alone(folder.store):
        if address_of(folder.store) != source.address:
            raise UserError("留存文件刚刚被另一个命令搬到了别处，没有搬动。")
        late = sorted(set(source.objects()) - set(done))
        _copy(source, target, late)
        if target.address is None:
            forget_address(folder.store)
        else:
            write_address(folder.store, target.address)
    return len(done) + len(late)


def _refuse_others(names: set[str]) -> None:
    if names:
        raise UserError(
            f"那里已有{len(names)}份别的留存文件：{listed(sorted(names), _SHOWN)}，没有搬动；"
            "请换一个空的桶或前缀；那里若是数据文件夹，请先把它们移走。"
        )


def _copy(source: Store, target: Store, names: Sequence[str]) -> None:
    """Copy objects, and read each back."""
    target.put_many(source.get_many(names))
    for _ in target.get_many(names):
        pass
