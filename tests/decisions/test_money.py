"""Amounts: as people here write them, and never guessed."""

import pytest

from dialogue.decisions.money import Amount, amount_words, read_amount, why_not_amount, written


@pytest.mark.parametrize(
    ("typed", "cents", "about"),
    [
        ("± € 12.000", 1_200_000, True),
        ("±€12.000", 1_200_000, True),
        ("ca. 12 000 euro", 1_200_000, True),
        ("€ 1.200", 120_000, False),
        ("1.200,50", 120_050, False),
        ("1.200,-", 120_000, False),
        ("1200", 120_000, False),
        ("EUR\N{NO-BREAK SPACE}1.234.567,89", 123_456_789, False),
        ("0", 0, False),
        ("1,20", 120, False),
    ],
)
def test_an_amount_is_read_as_it_is_written_here(typed: str, cents: int, about: bool) -> None:
    assert read_amount(typed) == Amount(cents, about)
    assert why_not_amount(typed) == []


@pytest.mark.parametrize(
    "typed",
    ["1,200", "1.20", "1.2", "12.00", "1,200.50", "1.200.50", "0.500", "-5", "€", "12k", "veel", "1 2", "1e3"],
)
def test_what_can_be_read_in_two_ways_is_refused_with_how_to_write_it(typed: str) -> None:
    assert read_amount(typed) is None
    assert "€ 1.200,50" in why_not_amount(typed)[0]


def test_more_than_ten_milliard_is_a_slip_of_the_finger() -> None:
    assert read_amount("10.000.000.000") == Amount(10**12)
    assert read_amount("10.000.000.001") is None


def test_nothing_is_no_amount_and_fine() -> None:
    assert why_not_amount(" ") == []
    assert written(None) == ""


@pytest.mark.parametrize("amount", [Amount(1_200_000, True), Amount(120_050), Amount(0), Amount(5), Amount(10**12)])
def test_an_amount_in_a_form_is_read_back_as_it_was(amount: Amount) -> None:
    assert read_amount(written(amount)) == amount


@pytest.mark.usefixtures("app")
def test_an_amount_is_shown_with_cents_only_where_there_are() -> None:
    assert amount_words(Amount(1_200_000, True)) == "± €\N{NO-BREAK SPACE}12.000"
    assert amount_words(Amount(120_050)) == "€\N{NO-BREAK SPACE}1.200,50"
