"""`scorecard store`: verify the stored objects, move them onto object storage or back."""

import argparse
import os
import sys

from scorecard.errors import DamagedError, Exit, UserError


def store_verify(arguments: argparse.Namespace) -> Exit:
    """Read every stored object against its name. 1 when one is gone or was changed."""
    from scorecard.pipeline.folder import DataFolder
    from scorecard.store import store_at

    folder = DataFolder.open(arguments.data, arguments.home)
    try:
        count = store_at(folder.store).verify()
    except DamagedError as error:
        print(f"留存文件核验未通过：{error}", file=sys.stderr)
        return Exit.BLOCKED
    print(f"留存文件核验通过：{count}份，均与指纹一致。")
    print("有没有少了哪一份，请用 scorecard ledger verify 对照台账。")
    return Exit.OK


def store_move(arguments: argparse.Namespace) -> Exit:
    """Move the stored objects."""
    from scorecard.pipeline.folder import DataFolder
    from scorecard.pipeline.relocate import move_store

    address = arguments.to or os.environ.get("SCORECARD_STORE_URL", "")
    if not address and not arguments.back:
        raise UserError(
            "请用 --to 或环境变量 SCORECARD_STORE_URL 写明对象存储的地址，如 https://主机/桶/前缀；"
            "要搬回数据文件夹，请写 --back。"
        )
    count = move_store(DataFolder.open(arguments.data, arguments.home), None if arguments.back else address)
    print(f"留存文件已搬好：{count}份，逐份读回，均与指纹一致。")
    if arguments.back:
        print("以后的命令都读写 evidence/store；对象存储里的没有删。")
    else:
        print("地址记在 evidence/store.url 里，以后的命令都读写对象存储；原来的 evidence/store 没有删。")
    return Exit.OK
