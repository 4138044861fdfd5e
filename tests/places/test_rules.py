"""Which place counts where."""

import pytest

from dialogue.places.models import Place
from dialogue.places.rules import above, why_not_under

TREE = {1: 2, 2: 3, 3: 0, 4: 0}


def test_small_places_count_with_their_parents_up_to_the_whole_municipality() -> None:
    assert above(1, TREE) == [2, 3, 0]


def test_a_ring_of_parents_ends_instead_of_going_round() -> None:
    assert above(1, {1: 2, 2: 1}) == [2, 1]


@pytest.mark.parametrize("parent", [1, 2, 3])
def test_a_place_cannot_stand_under_itself_or_its_children(app: object, parent: int) -> None:
    assert why_not_under(Place(id=3), parent, TREE)


def test_a_place_can_stand_under_another_branch(app: object) -> None:
    assert not why_not_under(Place(id=3), 4, TREE)
    assert not why_not_under(Place(id=3), None, TREE)
