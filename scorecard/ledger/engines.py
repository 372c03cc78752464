"""What SQLite and PostgreSQL do differently: keeping other writers out, refusing changes, naming errors."""

from typing import Any, Final

import sqlalchemy as sa

from scorecard.errors import UserError

WAIT_MILLISECONDS: Final = 10_000  # for another writer; a build writes once, for well under a second
READS: Final = "scorecard_reads"  # the execution option of a connection that does not write
MOVED: Final = "the ledger has moved"  # said by a SQLite ledger that lies elsewhere now

_KEPT_OPEN: Final[dict[str, Any]] = {
    "poolclass": sa.QueuePool,
    "max_overflow": -1,  # nobody waits for a connection: what is not among the kept ones is opened
    "pool_pre_ping": True,  # a database server may have been started anew meanwhile
}
_BUSY: Final = "正被另一个程序使用，请等它结束再试"
_FULL: Final = "磁盘已满，请清理出空间再试"
_UNREACHED: Final = "连不上，请检查地址、账号、密码和网络"

# By the beginning of SQLite's own name of the error, or of PostgreSQL's code; what is not here is damage.
_REASONS: Final = {
    "SQLITE_FULL": _FULL,
    "SQLITE_BUSY": _BUSY,
    "SQLITE_LOCKED": _BUSY,
    "SQLITE_READONLY": "没有写入权限",
    "SQLITE_PERM": "没有权限",
    "SQLITE_CANTOPEN": "打不开，请检查权限和磁盘",
    "SQLITE_IOERR": "磁盘读写出错，请检查磁盘空间和磁盘",
    "53100": _FULL,
    "55P03": _BUSY,
    "25006": "只读，没有写入权限",
    "42501": "没有权限",
    "3D000": "不存在，请先建好数据库",
    "53": "资源不足，请联系数据库管理员",
    "57": "被数据库管理员停止，请稍后再试",
    "28": _UNREACHED,
    "08": _UNREACHED,
}
_APPEND_ONLY: Final = "the ledger is append-only"
_SETTINGS: Final = ("integrity_check", "user_version", "application_id")
_NAMES: Final = ("sqlite", "postgresql")


def engine(url: str, *, stays: bool = False) -> sa.Engine:
    """Return the engine of the database at `url`; each use opens a connection of its own.

    `stays`: for a process that stays, some connections are kept open for the next use.

    Raises:
        UserError: It is no database of these two, or its driver is not installed.
    """
    try:
        made = sa.create_engine(url, **(_KEPT_OPEN if stays else {"poolclass": sa.NullPool}))
    except ModuleNotFoundError as error:
        raise UserError(
            "没有安装 PostgreSQL 的驱动，请运行：pip install 'scorecard[postgresql]'。"
        ) from error
    except sa.exc.ArgumentError as error:
        raise UserError("台账的地址不对，应像 postgresql://用户@主机/数据库。") from error
    if made.dialect.name not in _NAMES:
        raise UserError(f"台账不能放在“{made.dialect.name}”，只支持 SQLite 和 PostgreSQL。")
    if made.dialect.name == "sqlite":
        sa.event.listen(made, "connect", _prepare_sqlite)
        sa.event.listen(made, "begin", _begin_immediate)
    return made


def shown(made: sa.Engine) -> str:
    """Return where the database is, without a password."""
    url = made.url
    return str(url.database) if made.dialect.name == "sqlite" else f"{url.host or '本机'}/{url.database}"


def alone(connection: sa.Connection, table: str) -> None:
    """Keep other writers out until the transaction ends; who waits too long is told that it is in use.

    SQLite has done so at the beginning of the transaction.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {WAIT_MILLISECONDS}")
        connection.exec_driver_sql(f"LOCK TABLE {table} IN EXCLUSIVE MODE")


def first(connection: sa.Connection) -> None:
    """Keep others from making the table at the same time."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('scorecard.ledger'))")


def forbid_changes(connection: sa.Connection, table: str) -> None:
    """Let the database itself refuse what the ledger never does."""
    if connection.dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            _refuse_in_sqlite(connection, table, verb, _APPEND_ONLY)
        return
    connection.exec_driver_sql(
        f"CREATE FUNCTION {table}_stays() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_APPEND_ONLY}'; END $$"
    )
    connection.exec_driver_sql(
        f"CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_stays()"
    )


def close(connection: sa.Connection, table: str) -> None:
    """Let a SQLite ledger that lies elsewhere now refuse who still waits to write into it."""
    _refuse_in_sqlite(connection, table, "INSERT", MOVED)


def _refuse_in_sqlite(connection: sa.Connection, table: str, verb: str, why: str) -> None:
    connection.exec_driver_sql(f"CREATE TRIGGER IF NOT EXISTS {_trigger(table, verb, why)}")


def _trigger(table: str, verb: str, why: str) -> str:
    name = f"{table}_no_{verb.lower()}"
    return f"{name} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{why}'); END"


def as_made(connection: sa.Connection, table: str) -> bool:
    """Whether the database around the rows is what we made: its indexes, triggers and settings.

    SQLite's counters and the free space of its pages hold nothing that is read.
    """
    if connection.dialect.name == "postgresql":
        asked = f"SELECT count(*) FROM pg_trigger WHERE tgname = '{table}_stays' AND tgenabled = 'O'"  # noqa: S608
        return connection.exec_driver_sql(asked).scalar() == 1
    told = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in _SETTINGS]
    found = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
    ours = [f"CREATE TRIGGER {_trigger(table, verb, _APPEND_ONLY)}" for verb in ("DELETE", "UPDATE")]
    return told == ["ok", 0, 0] and [row[0] for row in found] == ours


def reason(error: sa.exc.DBAPIError, dialect: str) -> str:
    """Return in Chinese why the database cannot be used now; empty where it is damaged."""
    name = getattr(error.orig, "sqlite_errorname", None) or getattr(error.orig, "sqlstate", None) or ""
    if MOVED in str(error.orig):
        return "刚刚搬到了别处，请再试一次"
    for beginning, said in _REASONS.items():
        if name.startswith(beginning):
            return said
    return _UNREACHED if dialect == "postgresql" and not name else ""


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, see _begin_immediate
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(f"PRAGMA busy_timeout={WAIT_MILLISECONDS}")


def _begin_immediate(connection: sa.Connection) -> None:
    """Take the write lock first: reading the head and appending to it must not be interleaved.

    Who only reads keeps nobody waiting, and waits for nobody.
    """
    reads = connection.get_execution_options().get(READS)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
