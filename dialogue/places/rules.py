"""What a place may be, as reasons."""

from collections.abc import Mapping

from flask_babel import gettext as _

from dialogue.places.models import Place

WHOLE = 0  # stands for the whole municipality, above all places


def above(place_id: int, tree: Mapping[int, int]) -> list[int]:
    """Where the answers of a place count while it is too small: its parent, and so on, up to WHOLE.

    `tree` maps each place to its parent (WHOLE at the top).
    """
    line: list[int] = []
    while place_id != WHOLE:
        place_id = tree.get(place_id, WHOLE)
        if place_id in line:
            break
        line.append(place_id)
    return line


def why_not_under(place: Place, parent_id: int | None, tree: Mapping[int, int]) -> list[str]:
    """Reasons why `place` cannot count under the place `parent_id`."""
    if parent_id is None or place.id is None:
        return []
    if parent_id == place.id or place.id in above(parent_id, tree):
        return [_("Een plaats kan niet onder zichzelf vallen. Kies een andere plaats.")]
    return []
