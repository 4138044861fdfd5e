"""What is the same for every application that the tests make is made once: code of templates, addresses, statements.

Nothing of what is tested changes: each application reads the same templates, knows the same addresses and asks its
database in the same words.
"""

import gc
from types import CodeType
from typing import Any

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Engine
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

from dialogue.web.application import Application


class Templates(BytecodeCache):
    """The code of templates, in memory, by name and digest of their source."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code:
            self._kept[bucket.key, bucket.checksum] = bucket.code


_compiled: dict[tuple[object, ...], Rule] = {}
_compile = Rule.compile
COMPILED = ("_parts", "_trace", "_converters", "arguments", "_build", "_build_unknown")


def _compile_once(rule: Rule) -> None:
    """What werkzeug makes of an address depends on these alone."""
    key = (rule.rule, repr(rule.defaults), rule.subdomain, rule.merge_slashes)
    if key in _compiled:
        vars(rule).update((name, getattr(_compiled[key], name)) for name in COMPILED)
    else:
        _compile(rule)
        _compiled[key] = rule


_statements: LRUCache[Any, Any] = LRUCache(5000)  # a statement in SQLAlchemy's words → in those of the database


def _is_same(dialect: object, other: object) -> bool:
    """All databases of one kind are spoken to in the same way."""
    return type(dialect) is type(other)


def make_applications_quickly() -> None:
    """From now on, in this process; and what is thrown away is looked for less often."""
    gc.set_threshold(20_000, 20, 20)
    Rule.compile = _compile_once
    Engine._compiled_cache = property(lambda _engine: _statements, lambda _engine, _own: None)
    for dialect in (SQLiteDialect_pysqlite, PGDialect_psycopg):
        dialect.__eq__, dialect.__hash__ = _is_same, lambda one: hash(type(one))
    Application.jinja_options = {**Application.jinja_options, "bytecode_cache": Templates()}
