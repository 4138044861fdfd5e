"""The pages of the readers: reading by key, bundling, one signal, and who gets in."""

import pytest
from sqlalchemy import select

from dialogue.answering.models import Contribution, Reading
from dialogue.consultations.models import Consultation
from dialogue.shared.bands import Band
from dialogue.shared.database import db, writing
from dialogue.signals.models import Coding, Signal
from tests.builders import Cast, a_consultation, a_contribution, a_signal, refresh, save
from tests.pages import Pages
from tests.signals.helpers import counted, published, word

KEYS = [bytes([n]) * 16 for n in range(1, 41)]


@pytest.fixture
def school(cast: Cast) -> Consultation:
    return a_consultation(cast.mobility)


def read(school: Consultation, more: str = "") -> str:
    return f"/desk/signals/read/{school.waves[-1].id}{more}"


def test_the_overview_counts_what_is_unread_and_held(cast: Cast, school: Consultation, pages: Pages) -> None:
    a_contribution(school)
    a_contribution(school, reading=Reading.HELD)
    text = pages.as_(cast.ada).get("/desk/signals").text
    assert "1 ongelezen" in text
    assert "1 apart gehouden" in text


def test_without_anything_the_overview_says_what_to_do_first(cast: Cast, pages: Pages) -> None:
    page = pages.as_(cast.ada).get("/desk/signals")
    assert "Maak eerst een bevraging" in page.text


def test_signals_are_searched_by_words(cast: Cast, school: Consultation, pages: Pages) -> None:
    a_signal(school, "De bus is te vol.")
    a_signal(school, "Meer bomen, altijd.")
    text = pages.as_(cast.ada).get("/desk/signals?find=bus+VOL").text
    assert "De bus is te vol." in text
    assert "Meer bomen" not in text
    assert "Geen signaal met deze woorden" in pages.as_(cast.ada).get("/desk/signals?find=%25").text


def test_words_lie_in_the_order_of_their_keys(cast: Cast, school: Consultation, pages: Pages) -> None:
    for text, key in [("laatste", KEYS[9]), ("eerste", KEYS[0]), ("middelste", KEYS[5])]:
        a_contribution(school, text, key=key)
    text = pages.as_(cast.ada).get(read(school)).text
    assert text.index("eerste") < text.index("middelste") < text.index("laatste")


def test_a_long_list_goes_on_by_key(cast: Cast, school: Consultation, pages: Pages) -> None:
    wave_id = school.waves[-1].id
    save(*[
        Contribution(key=key, wave_id=wave_id, band=Band.B, channel="self", item="q2", text=f"woord-{n:02}",
                     reading=Reading.UNREAD)
        for n, key in enumerate(KEYS)
    ])  # fmt: skip
    first = pages.as_(cast.ada).get(read(school))
    assert "woord-29" in first.text
    assert "woord-30" not in first.text
    following = next(link for link in first.links() if "after=" in link)
    second = pages.as_(cast.ada).get(following).text
    assert "woord-30" in second
    assert "woord-29" not in second


def test_filters_show_one_state_band_or_question(cast: Cast, school: Consultation, pages: Pages) -> None:
    a_contribution(school, "ongelezen-b")
    a_contribution(school, "gehouden-b", reading=Reading.HELD)
    a_contribution(school, "ongelezen-c", band=Band.C)
    a_contribution(school, "andere-vraag", item="q7")
    ada = pages.as_(cast.ada)
    assert "gehouden-b" in ada.get(read(school, "?state=held")).text
    assert "ongelezen-b" not in ada.get(read(school, "?state=held")).text
    assert "ongelezen-b" not in ada.get(read(school, "?band=C")).text
    assert "andere-vraag" not in ada.get(read(school, "?item=q2")).text


@pytest.mark.parametrize("reading", [Reading.CONCERN, Reading.WITHDRAWN])
def test_concerns_and_withdrawn_words_are_on_no_list(
    cast: Cast, school: Consultation, pages: Pages, reading: Reading
) -> None:
    contribution = a_contribution(school, "heel-geheim", reading=reading)
    signal = a_signal(school, "Eén", contribution)
    for person in (cast.ada, cast.cora):
        for state in ("", "?state=concern", "?state=withdrawn", "?state=coded"):
            assert "heel-geheim" not in pages.as_(person).get(read(school, state)).html
        assert "heel-geheim" not in pages.as_(person).get(f"/desk/signals/{signal.id}").html


@pytest.mark.parametrize("more", ["?after=zz", "?after=00", "?state=x&band=Z&item=%00", "?find=%F0%9F%98%80"])
def test_odd_addresses_show_the_list(cast: Cast, school: Consultation, pages: Pages, more: str) -> None:
    pages.as_(cast.ada).get(read(school, more))


def test_ticked_words_are_laid_with_a_signal_and_reading_goes_on(
    cast: Cast, school: Consultation, pages: Pages
) -> None:
    one, two, left = (a_contribution(school, text).key for text in ("een", "twee", "drie"))
    signal = a_signal(school)
    data = {"key": [one.hex(), two.hex()], "signal": signal.id}
    page = pages.as_(cast.ada).post(read(school, "/lay?band=B"), data)
    assert "2 antwoorden liggen bij" in page.text
    assert "drie" in page.text
    assert [word(key).reading for key in (one, two, left)] == [Reading.CODED, Reading.CODED, Reading.UNREAD]


def test_a_new_signal_takes_the_ticked_words_along(cast: Cast, school: Consultation, pages: Pages) -> None:
    key = a_contribution(school).key
    page = pages.as_(cast.ada).post(read(school, "/make"), {"key": key.hex(), "title_nl": " De bus  is vol. "})
    assert "Mobiliteit is een antwoord schuldig" in page.text
    assert db.session.scalars(select(Signal)).one().titles == {"nl": "De bus is vol."}
    assert db.session.scalars(select(Coding)).one().contribution_key == key


def test_a_signal_without_a_sentence_keeps_what_was_ticked(cast: Cast, school: Consultation, pages: Pages) -> None:
    key = a_contribution(school).key.hex()
    page = pages.as_(cast.ada).post(
        read(school, "/make"), {"key": key, "title_nl": "", "title_en": "Too full"}, status=422
    )
    assert page.all("input", name="key", checked="")
    assert page.all("input", name="title_en", value="Too full")


@pytest.mark.parametrize(
    ("verb", "reading"),
    [("no-request", Reading.NO_REQUEST), ("hold", Reading.HELD), ("unread", Reading.UNREAD)],
)
def test_words_are_marked_and_can_be_marked_back(
    cast: Cast, school: Consultation, pages: Pages, verb: str, reading: Reading
) -> None:
    key = a_contribution(school, reading=Reading.HELD).key
    pages.as_(cast.ada).post(read(school, f"/{verb}"), {"key": key.hex()})
    assert word(key).reading == reading


def test_a_concern_disappears_from_the_list(cast: Cast, school: Consultation, pages: Pages) -> None:
    key = a_contribution(school, "help-mij").key
    page = pages.as_(cast.ada).post(read(school, "/concern"), {"key": key.hex()})
    assert "aanspreekpunt integriteit" in page.text
    assert "help-mij" not in page.text


def test_with_nothing_ticked_the_page_says_so(cast: Cast, school: Consultation, pages: Pages) -> None:
    page = pages.as_(cast.ada).post(read(school, "/hold"), status=422)
    assert "Vink eerst aan" in page.text


@pytest.mark.parametrize("key", ["x", "00", "zz" * 16])
def test_keys_that_are_none_are_not_found(cast: Cast, school: Consultation, pages: Pages, key: str) -> None:
    pages.as_(cast.ada).post(read(school, "/hold"), {"key": key}, status=404)


def test_words_withdrawn_meanwhile_are_named(cast: Cast, school: Consultation, pages: Pages) -> None:
    key = a_contribution(school, reading=Reading.WITHDRAWN).key.hex()
    page = pages.as_(cast.ada).post(read(school, "/hold"), {"key": key}, status=422)
    assert "er niet meer" in page.text


def test_another_departments_signal_or_words_in_the_form_are_not_found(
    cast: Cast, school: Consultation, pages: Pages
) -> None:
    other = a_consultation(cast.youth, "Spelen")
    foreign_signal, foreign_key = a_signal(other).id, a_contribution(other).key
    mine = a_contribution(school).key
    ada = pages.as_(cast.ada)
    ada.post(read(school, "/lay"), {"key": mine.hex(), "signal": foreign_signal}, status=404)
    ada.post(read(school, "/hold"), {"key": foreign_key.hex()}, status=404)
    assert word(foreign_key).reading == Reading.UNREAD
    assert word(mine).reading == Reading.UNREAD


def test_a_signal_shows_what_it_rests_on(cast: Cast, school: Consultation, pages: Pages) -> None:
    counted(school, 602, a=182)
    published(school)
    signal = a_signal(school, "Te snel.", a_contribution(school, "ik-durf-niet", reading=Reading.CODED))
    text = pages.as_(cast.ada).get(f"/desk/signals/{signal.id}").text
    assert "± 180 keer aangekruist (van ± 600 antwoorden), minder dan 5 keer geschreven" in text
    assert "Heel onveilig" in text
    assert "ik-durf-niet" in text


def test_who_does_not_read_for_the_department_sees_approved_quotes_only(
    cast: Cast, school: Consultation, pages: Pages
) -> None:
    contribution = a_contribution(school, "ruwe-woorden", reading=Reading.CODED)
    signal = a_signal(school, "Te snel.", contribution)
    save_quote(signal, contribution.key, "nette woorden")
    text = pages.as_(cast.ben).get(f"/desk/signals/{signal.id}").text
    assert "nette woorden" in text
    assert "ruwe-woorden" not in text


def save_quote(signal: Signal, key: bytes, quote: str) -> None:
    signal_id = signal.id
    with writing():
        db.session.get_one(Coding, (signal_id, key)).quote = quote


def test_a_sentence_is_renamed_and_an_empty_one_is_refused(cast: Cast, school: Consultation, pages: Pages) -> None:
    signal = a_signal(school)
    ada, address = pages.as_(cast.ada), f"/desk/signals/{signal.id}/rename"
    seen = ada.get(f"/desk/signals/{signal.id}").seen
    assert "Beter gezegd." in ada.post(address, {"title_nl": "Beter gezegd.", "seen": seen}).h1
    ada.post(address, {"title_nl": "\u200b"}, status=422)
    assert refresh(signal).titles == {"nl": "Beter gezegd."}


def test_answers_are_added_and_removed(cast: Cast, school: Consultation, pages: Pages) -> None:
    signal = a_signal(school)
    ada, address = pages.as_(cast.ada), f"/desk/signals/{signal.id}/answers"
    ada.post(f"{address}/add", {"answer": "B|q1|b"})
    ada.post(f"{address}/remove", {"answer": "B|q1|a"})
    assert [basis.option for basis in refresh(signal).bases] == ["b"]
    for odd in ("", "B|q1", "Z|q1|a", "B|q1|zz"):
        ada.post(f"{address}/add", {"answer": odd}, status=404)


def test_a_quote_is_edited_and_approved_only_after_a_look_for_names(
    cast: Cast, school: Consultation, pages: Pages
) -> None:
    contribution = a_contribution(school, "Juf An is lief", reading=Reading.CODED)
    signal = a_signal(school, "Lief.", contribution)
    counted(school, 40)
    ada, address = pages.as_(cast.ada), f"/desk/signals/{signal.id}/quote/{contribution.key.hex()}"
    assert "Juf An is lief" in ada.get(address).text
    kept = ada.post(address, {"text": "De juf is lief"}, status=422)
    assert "De juf is lief" in kept.text
    assert "De juf is lief" in ada.post(address, {"text": "De juf is lief", "no_names": "y"}).text
    assert "De juf is lief" not in ada.post(f"{address}/withdraw").text
    ada.get(f"/desk/signals/{signal.id}/quote/{'00' * 16}", status=404)
    ada.get(f"/desk/signals/{signal.id}/quote/zz", status=404)


def test_a_small_group_is_named_as_the_reason_against_a_quote(cast: Cast, school: Consultation, pages: Pages) -> None:
    contribution = a_contribution(school, reading=Reading.CODED)
    signal = a_signal(school, "Eén", contribution)
    address = f"/desk/signals/{signal.id}/quote/{contribution.key.hex()}"
    assert "minder dan 10 antwoorden" in pages.as_(cast.ada).get(address).text
    page = pages.as_(cast.ada).post(address, {"text": "x", "no_names": "y"}, status=422)
    assert "minder dan 10 antwoorden" in page.text


def test_words_are_taken_away_from_a_signal(cast: Cast, school: Consultation, pages: Pages) -> None:
    contribution = a_contribution(school, reading=Reading.CODED)
    key, signal = contribution.key, a_signal(school, "Eén", contribution)
    pages.as_(cast.ada).post(f"/desk/signals/{signal.id}/take-away", {"key": key.hex()})
    assert word(key).reading == Reading.UNREAD


def test_a_signal_is_handed_over_within_the_municipality_only(cast: Cast, school: Consultation, pages: Pages) -> None:
    signal = a_signal(school)
    ben, address = pages.as_(cast.ben), f"/desk/signals/{signal.id}/hand-over"
    ben.post(address, {"department": 999}, status=404)
    ben.post(address, {"department": "x"}, status=404)
    ben.post(address, {"department": cast.youth.id})
    assert refresh(signal).department_id == cast.youth.id
    pages.as_(cast.cleo).get(f"/desk/signals/{signal.id}")


def test_the_doors_open_for_the_right_people(cast: Cast, school: Consultation, pages: Pages) -> None:
    signal = a_signal(school)
    expected = {"Ada": (200, 200), "Ben": (403, 200), "Cleo": (404, 404), "Cora": (200, 200), "Odette": (404, 404)}
    for person in (cast.ada, cast.ben, cast.cleo, cast.cora, cast.odette):
        reading, one = expected[person.name]
        pages.as_(person).get(read(school), status=reading)
        pages.as_(person).get(f"/desk/signals/{signal.id}", status=one)


@pytest.mark.parametrize("verb", ["rename", "answers/add", "answers/remove", "take-away"])
def test_only_readers_change_a_signal(cast: Cast, school: Consultation, pages: Pages, verb: str) -> None:
    signal = a_signal(school)
    data = {"title_nl": "Anders.", "answer": "B|q1|a"}
    for person, status in ((cast.ben, 403), (cast.cleo, 404), (cast.odette, 404), (cast.sam, 403), (cast.ines, 403)):
        pages.as_(person).post(f"/desk/signals/{signal.id}/{verb}", data, status=status)
    assert refresh(signal).titles["nl"].startswith("De auto's")
    assert len(signal.bases) == 1
