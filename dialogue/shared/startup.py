"""What one running installation is made of, and why it would refuse to serve."""

from dataclasses import dataclass
from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, select, text

from dialogue.shared.database import db
from dialogue.shared.keys import Keys
from dialogue.shared.models import Installation
from dialogue.shared.settings import Settings

MIGRATIONS = Path(__file__).parents[2] / "migrations"


@dataclass(frozen=True)
class Dialogue:
    """The settings and keys of this installation: `current_app.extensions["dialogue"]`."""

    settings: Settings
    keys: Keys


def expected_head() -> str | None:
    """The migration this code was written for."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return ScriptDirectory.from_config(config).get_current_head()


def why_not_serve(dialogue: Dialogue) -> list[str]:
    """Reasons why answers would not be safe: no or another schema, other keys."""
    if not inspect(db.engine).has_table("alembic_version"):
        return ["The database is empty: run `flask --app app db upgrade`."]
    head = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    if head != expected_head():
        return [
            f"The database is at migration {head}, the program at {expected_head()}: run `flask --app app db upgrade`."
        ]
    installation = db.session.scalar(select(Installation))
    if installation is None:
        return ["The installation has no salt yet: run `flask --app app setup`."]
    if installation.keys_check != dialogue.keys.check_value():
        return ["The keys are not those of this database: put back the key files that belong to it."]
    return []
