"""What one running installation is made of, and why it would refuse to serve."""

import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from sqlalchemy import inspect, select, text

from dialogue.shared.database import db
from dialogue.shared.keys import Keys, load
from dialogue.shared.models import Installation
from dialogue.shared.settings import Settings

MIGRATIONS = Path(__file__).parents[2] / "migrations" / "versions"
_REVISION = re.compile(r'^(revision|down_revision) = "(\w+)"$', re.MULTILINE)


@dataclass(frozen=True)
class Dialogue:
    """The settings and keys of this installation: `current_app.extensions["dialogue"]`."""

    settings: Settings

    @cached_property
    def keys(self) -> Keys:
        """Read when first needed, for a command can make them; raises SettingsError where one is missing or short."""
        return load(self.settings.keys)


@cache
def expected_head() -> str:
    """The migration this code was written for, the one that no other follows; read without loading alembic."""
    found = {line for path in MIGRATIONS.glob("*.py") for line in _REVISION.findall(path.read_text())}
    (head,) = {name for kind, name in found if kind == "revision" and ("down_revision", name) not in found}
    return head


def why_not_serve(dialogue: Dialogue) -> list[str]:
    """Reasons why answers would not be safe: no or another schema, other keys."""
    if not inspect(db.engine).has_table("alembic_version"):
        return ["The database is empty: run `flask --app app db upgrade`."]
    head = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    if head != expected_head():
        return [
            f"The database is at migration {head}, the program at {expected_head()}: run `flask --app app db upgrade`."
        ]
    return why_not_seal(dialogue)


def why_not_seal(dialogue: Dialogue) -> list[str]:
    """Reasons why nobody could open what is sealed with these keys, or find it by a receipt."""
    installation = db.session.scalar(select(Installation))
    if installation is None:
        return ["The installation has no salt yet: run `flask --app app setup`."]
    if installation.keys_check != dialogue.keys.check_value():
        return ["The keys are not those of this database: put back the key files that belong to it."]
    return []
