"""What only PostgreSQL needs: how it is connected to, and one turn to write for all processes on all machines.

Whoever reads sees the database of one moment (REPEATABLE READ), as on SQLite. Whoever writes takes turns, and reads
what the writer before it left (READ COMMITTED); children's letters wait for no turn.
"""

from typing import Any

from sqlalchemy import URL, Connection, func, make_url, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from dialogue.shared.errors import Busy

DRIVER = "postgresql+psycopg"
TURN = 0x6469616C6F677565  # "dialogue", the number of the advisory lock
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
