"""What serves children starts lean: heavy libraries load only in the job or page that needs them."""

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("matplotlib", "scipy", "numpy", "typst", "docx", "redis")
START = """
import sys
from pathlib import Path
from dialogue import create_app
from dialogue.shared.settings import Settings
folder = Path(sys.argv[1])
create_app(Settings("local", folder, folder / "keys", "http://localhost"))
{more}
print(" ".join(name for name in sys.argv[2:] if name in sys.modules))
"""


def loaded(folder: Path, more: str = "") -> list[str]:
    command = [sys.executable, "-c", START.format(more=more), str(folder), *HEAVY]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()


def test_the_application_starts_without_heavy_libraries(tmp_path: Path) -> None:
    assert loaded(tmp_path) == []


@pytest.mark.parametrize("name", HEAVY)
def test_a_heavy_library_at_the_start_would_be_noticed(tmp_path: Path, name: str) -> None:
    assert name in loaded(tmp_path, f"import {name}")
