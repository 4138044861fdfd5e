"""Triggers by which the database itself refuses to rewrite history, for SQLite and for PostgreSQL.

Migrations carry the same statements: `refusing` gives them.
"""

from collections.abc import Sequence

from sqlalchemy import DDL, ExecutableDDLElement, MetaData, Table, event

# The one function behind all triggers of PostgreSQL; a trigger may bring a message of its own.
REFUSE_CHANGE = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%', coalesce(TG_ARGV[0], TG_TABLE_NAME || ' is append-only')
  USING ERRCODE = 'integrity_constraint_violation';
END $$
""".strip()


def refusing(table: str, dialect: str, verbs: Sequence[str] = ("UPDATE", "DELETE"), when: str = "") -> list[str]:
    """The statements that let the database refuse these verbs on `table`; on PostgreSQL to empty it, too.

    Only for rows of which `when` holds ("OLD.told"), where that is said.
    """
    only = f"WHEN ({when}) " if when else ""
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"{only}BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            for verb in verbs
        ]
    each = dict.fromkeys(verbs, "ROW") | ({"TRUNCATE": "STATEMENT"} if "DELETE" in verbs else {})
    return [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"FOR EACH {what} {only if what == 'ROW' else ''}EXECUTE FUNCTION refuse_change()"
        for verb, what in each.items()
    ]


def before_all(metadata: MetaData) -> None:
    """Make the function that PostgreSQL's triggers call, before the first table."""
    event.listen(metadata, "before_create", _statement(REFUSE_CHANGE, "postgresql"))


def after_create(table: Table, *, sqlite: Sequence[str], postgresql: Sequence[str]) -> None:
    """Create triggers with their table, in the words of each database."""
    for dialect, statements in (("sqlite", sqlite), ("postgresql", postgresql)):
        for statement in statements:
            event.listen(table, "after_create", _statement(statement, dialect))


def refuse_changes(table: Table, when: str = "") -> None:
    """Let the database itself refuse to change or delete rows of `table`, or those of which `when` holds."""
    each = {dialect: refusing(table.name, dialect, when=when) for dialect in ("sqlite", "postgresql")}
    after_create(table, **each)


def _statement(sql: str, dialect: str) -> ExecutableDDLElement:
    ddl: ExecutableDDLElement = DDL(sql.replace("%", "%%"))  # type: ignore[no-untyped-call]
    return ddl.execute_if(dialect=dialect)
