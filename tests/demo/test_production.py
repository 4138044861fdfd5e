"""The example has known passwords: it is for looking around only."""

from pathlib import Path

from dialogue import create_app
from dialogue.shared.keys import make
from dialogue.shared.settings import Settings


def test_production_refuses_the_example(tmp_path: Path) -> None:
    make(tmp_path / "keys")
    settings = Settings("production", tmp_path / "instance", tmp_path / "keys", "https://dialoog.example")
    app = create_app(settings)
    with app.app_context():
        outcome = app.test_cli_runner().invoke(args=["demo"])
    assert outcome.exit_code != 0
    assert "never made in production" in outcome.output
