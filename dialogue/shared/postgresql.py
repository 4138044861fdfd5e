"""What only PostgreSQL needs: how it is connected to, and one turn to write for all processes on all machines.

Whoever reads sees the database of one moment (REPEATABLE READ), as on SQLite. Whoever writes takes turns, and reads
what the writer before it left (READ COMMITTED); children's letters wait for no turn.
"""

from typing import Any

from sqlalchemy import URL, Connection, Engine, func, make_url, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from dialogue.shared.errors import Busy

DRIVER = "postgresql+psycopg"
TURN = 0x6469616C6F677565  # "dialogue", the number of the advisory lock
BIG = 64 * 1024**2  # bytes
WRITES = {"isolation_level": "READ COMMITTED"}
SERVER = {"timezone": "UTC", "lock_timeout": "10s", "synchronous_commit": "on", "client_encoding": "UTF8"}


def address(database_url: str) -> URL:
    """DATABASE_URL as SQLAlchemy wants it, with our driver."""
    _scheme, _, rest = database_url.partition("://")
    return make_url(f"{DRIVER}://{rest}")


def engine_options() -> dict[str, Any]:
    """For SQLAlchemy: 8 threads and the writer of letters find a connection; one that died is noticed before use."""
    settings = " ".join(f"-c {name}={value}" for name, value in SERVER.items())
    return {
        "isolation_level": "REPEATABLE READ",
        "pool_size": 10,
        "max_overflow": 10,
        "pool_timeout": 10,
        "pool_pre_ping": True,
        "connect_args": {"options": settings, "connect_timeout": 5, "application_name": "dialogue"},
    }


def begin(session: Session, *, in_turn: bool) -> None:
    """Begin to write, in turn (until the transaction ends) or at once; raises Busy when that takes too long."""
    try:
        connection = session.connection(execution_options=WRITES)
        if in_turn:
            take_turn(connection)
    except OperationalError as error:
        raise Busy("the database does not answer, or another write takes too long") from error


def take_turn(connection: Connection) -> None:
    """Wait until nobody else writes; held until the transaction ends."""
    connection.execute(select(func.pg_advisory_xact_lock(TURN)))


def rewrite(engine: Engine, table: str) -> bool:
    """Write `table` anew in the order of its key, without what was deleted; False when somebody is in the way.

    A table that is big by what lives in it is only vacuumed: nobody waits for long.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SET lock_timeout = '500ms'"))  # who sends a letter waits as long
        try:
            connection.execute(text(f"VACUUM {table}"))
            size = connection.scalar(select(func.pg_total_relation_size(table))) or 0
            if size <= BIG:
                connection.execute(text(f"CLUSTER {table} USING pk_{table}"))
        except OperationalError:
            return False
        finally:
            connection.execute(text(f"SET lock_timeout = '{SERVER['lock_timeout']}'"))
    return True
