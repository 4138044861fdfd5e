"""Every template can be read, is used, and keeps to the policy of the pages."""

import re
from pathlib import Path

import pytest
from flask import Flask

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_every_template_can_be_read(app: Flask, path: Path) -> None:
    app.jinja_env.get_template(str(path.relative_to(ROOT / "templates")))


def test_there_are_templates() -> None:
    assert len(TEMPLATES) > 20


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_no_template_has_inline_style_or_script_handlers(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"<[^>]*\sstyle=", text)
    assert not re.search(r"<[^>]*\son[a-z]+=", text)
    assert not re.search(r"[\w\])]\s*\|\s*safe", text), "only words of our own are safe, never what somebody typed"
