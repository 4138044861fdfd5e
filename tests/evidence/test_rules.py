"""How figures are said, and which chains may stand in a dossier."""

import pytest

from dialogue.evidence.rules import middle, share, why_not_choose


@pytest.fixture(autouse=True)
def _language(app: object) -> None:
    """Figures are said in a language."""


def test_a_share_names_both_numbers_and_never_divides_by_nothing() -> None:
    assert share(12, 38) == "12 van 38 (32 %)"
    assert share(0, 0) == "nog niet te zeggen"


def test_the_median_ignores_one_very_slow_answer() -> None:
    assert middle([10, 12, 400]) == "12 dagen"
    assert middle([1]) == "1 dag"
    assert middle([]) == "nog niet te zeggen"


@pytest.mark.parametrize("chosen", [[], [1, 2], [1, 2, 3, 4, 5, 6], [1, 2, 99]])
def test_three_to_five_decisions_of_the_period_are_chosen(chosen: list[int]) -> None:
    assert why_not_choose(chosen, range(1, 9))


def test_where_there_are_fewer_than_three_all_of_them_will_do() -> None:
    assert why_not_choose([1, 2, 3], range(1, 9)) == []
    assert why_not_choose([1, 2], [1, 2]) == []
    assert why_not_choose([], []) == []
