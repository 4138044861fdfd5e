"""A pile that two people type: nothing is sent before both typed the same."""

import pytest

from dialogue.answering.pile_models import Pile
from dialogue.answering.pile_queries import differences
from dialogue.shared.actor import Role
from dialogue.shared.database import db
from tests.answering.test_piles import begin, in_the_box, put
from tests.builders import Cast, a_staff_member
from tests.pages import Pages

Two = tuple[Pages, Pages, str]


@pytest.fixture
def two(pages: Pages, cast: Cast) -> Two:
    """Ada, who begins, her colleague, and the address of their pile."""
    typist, _consultation, _place, address = begin(pages, cast, twice="y")
    return typist, pages.as_(a_staff_member(cast.town, "Mia", (Role.MAKER, cast.mobility))), address


def test_it_is_not_sent_before_both_have_typed_it(two: Two) -> None:
    typist, colleague, address = two
    put(typist, address, 1, q5="Een fietspad")
    assert "beide keren gelijk" in typist.post(f"{address}/send", status=422).text
    assert colleague.get(address).all("textarea")[0].text is None
    put(colleague, address, 1, q5="Een fietspad")
    typist.post(f"{address}/send")
    assert [body["answers"] for body in in_the_box()] == [{"q1": "b"}]


def test_where_they_differ_somebody_looks_at_the_sheet_and_says_what_stands_there(two: Two) -> None:
    typist, colleague, address = two
    put(typist, address, 1, q1="2", q4="7", q5="Een fietspat")
    put(colleague, address, 1, q1="3", q4="", q5="Een fietspad")
    page = typist.get(f"{address}/end")
    for words in ("3 verschillen", "Onveilig", "Veilig", "Overgeslagen", "Een fietspat", "Een fietspad"):
        assert words in page.text
    typist.post(f"{address}/send", status=422)
    typist.post(f"{address}/settle", {"1.q1": "1", "1.q4": "2", "x.q5": "2", "1.q9": "1", "1.q5": "9"})
    assert [one.item["key"] for one in differences(db.session.query(Pile).one())] == ["q5"]
    colleague.post(f"{address}/settle", {"1.q5": "2"})
    colleague.post(f"{address}/send")
    (sent,) = in_the_box()
    assert sent["answers"] == {"q1": "b"}
    assert [word["text"] for word in sent["words"]] == ["Een fietspad"]


def test_a_sheet_that_only_one_of_them_typed_holds_the_pile_back(two: Two) -> None:
    typist, colleague, address = two
    for number in (1, 2):
        put(typist, address, number)
    put(colleague, address, 1)
    assert "De tweede keer getypt: 1." in typist.get(f"{address}/end").text
    typist.post(f"{address}/send", status=422)


def test_a_third_person_types_nothing(two: Two, pages: Pages, cast: Cast) -> None:
    _typist, colleague, address = two
    put(colleague, address, 1)
    third = pages.as_(a_staff_member(cast.town, "Noor", (Role.MAKER, cast.mobility)))
    third.get(address, status=403)
    third.post(f"{address}/settle", {"1.q1": "1"}, status=403)
    assert "verschil" not in third.get(f"{address}/end").text
