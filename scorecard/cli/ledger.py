"""`scorecard ledger`: verify it, read it, move it into a database."""

import argparse
import json
import os
import sys

from scorecard.errors import Exit, IntegrityError, UserError


def ledger_verify(arguments: argparse.Namespace) -> Exit:
    """Recompute the ledger's chain and every stored object. 1 when something was changed."""
    from scorecard.pipeline.queries import verify_evidence

    try:
        head, objects = verify_evidence(arguments.data, arguments.home, arguments.head or "")
    except IntegrityError as error:
        print(f"台账核验未通过：{error}", file=sys.stderr)
        return Exit.BLOCKED
    print(f"台账核验通过：{head.entries}条记录，末条指纹 {head.hash}；留存文件{objects}份，均与指纹一致。")
    if arguments.head:
        print(f"给出的指纹 {arguments.head} 在台账里，其前的记录都在，没有改动。")
    else:
        print("没有给出 --head，看不出末尾的记录是否被截掉；请用 build 给出的指纹核验。")
    return Exit.OK


def ledger_show(arguments: argparse.Namespace) -> Exit:
    """Print every entry of the ledger: a Chinese line each, or one JSON object a line."""
    from scorecard.cli.show import entry_text
    from scorecard.pipeline.queries import ledger_records

    for record in ledger_records(arguments.data, arguments.home):
        as_json = arguments.format == "json"
        print(json.dumps(record, ensure_ascii=False, sort_keys=True) if as_json else entry_text(record))
    return Exit.OK


def ledger_move(arguments: argparse.Namespace) -> Exit:
    """Move the ledger into a database."""
    from scorecard.pipeline.folder import DataFolder
    from scorecard.pipeline.relocate import move_ledger

    address = arguments.to or os.environ.get("SCORECARD_LEDGER_URL", "")
    if not address:
        raise UserError(
            "请用 --to 或环境变量 SCORECARD_LEDGER_URL 写明数据库地址，如 postgresql://用户@主机/数据库。"
        )
    head = move_ledger(DataFolder.open(arguments.data, arguments.home), address)
    print(f"台账已搬进数据库：{head.entries}条记录，末条指纹 {head.hash}。")
    print("原来的 ledger.sqlite 留存，不再写入；地址记在它旁边的 ledger.url 里，以后的命令都读写数据库。")
    return Exit.OK
