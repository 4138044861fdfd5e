"""Messages: drafted, shown before they are sent, published, and the round that is answered by them."""

from datetime import timedelta
from typing import Any

from dialogue.answering.models import Reading
from dialogue.consultations.models import State
from dialogue.decisions.models import Answered, Decision, Measure, Outcome
from dialogue.duties.queries import duty
from dialogue.duties.services import owe
from dialogue.feedback.jobs import note_answered_rounds
from dialogue.feedback.models import PARTS
from dialogue.feedback.queries import answered_signals, coverage, message_for
from dialogue.ledger.models import Entry
from dialogue.shared.clock import today
from dialogue.shared.database import db, writing
from tests.builders import Cast, a_consultation, a_contribution, a_decision, a_signal, refresh, save
from tests.pages import Page, Pages

WRITTEN = {
    "we_asked": "Hoe is je weg naar school?",
    "you_said": "Jullie vinden de weg naar school niet veilig.",
    "we_decided": "Twee straten worden een schoolstraat.",
    "because": "Daar is plaats. In de Kerkstraat rijdt de bus.",
    "you_will_see": "In mei staan er paaltjes.",
    "disagree": "Praat met de jeugdraad.",
    "hear_again": "In november vertellen we het opnieuw.",
}


def form(**parts: str) -> dict[str, str]:
    """What the form of one version sends."""
    return WRITTEN | parts


def tell(pages: Pages, person: Any, decision: Decision, **parts: str) -> None:
    """Write the general text, look at it as a child sees it, and tell it."""
    url, them = f"/desk/messages/{decision.id}", pages.as_(person)
    them.post(f"{url}/finish", form(**parts, seen=them.get(url).seen))
    them.post(f"{url}/seen", {"digest": digest(them.get(f"{url}/check"))})
    them.post(f"{url}/publish")


def digest(page: Page) -> str:
    """What stands for the text that this page shows."""
    [field] = page.all("input", name="digest")
    return str(field.get("value"))


def a_decided_signal(cast: Cast, **values: Any) -> Decision:
    return a_decision(a_signal(a_consultation(cast.mobility, state=State.CLOSED)), cast.ben, **values)


def test_a_decision_without_a_message_is_asked_for(pages: Pages, cast: Cast) -> None:
    a_decided_signal(cast)
    page = pages.as_(cast.ada).get("/desk/messages")
    assert "De auto's rijden te snel" in page.text
    assert "Schrijf" in page.text


def test_an_empty_list_says_where_messages_come_from(pages: Pages, cast: Cast) -> None:
    assert "Een bericht schrijf je bij een beslissing" in pages.as_(cast.ada).get("/desk/messages").text


def test_the_message_is_drafted_from_signal_decision_measures_and_town(pages: Pages, cast: Cast) -> None:
    decision = a_decided_signal(cast)
    due = {"title": "Paaltjes in de Lindestraat", "due": today()}
    save(Measure(decision_id=decision.id, department_id=cast.mobility.id, owner_id=cast.ada.id, **due))
    page = pages.as_(cast.ada).get(f"/desk/messages/{decision.id}")
    typed = {area.get("name"): area.text for area in page.all("textarea")}
    assert "De auto's rijden te snel" in str(typed["you_said"])
    assert "schoolstraat" in str(typed["we_decided"])
    assert "Paaltjes in de Lindestraat" in str(typed["you_will_see"])
    assert "jeugdraad" in str(typed["disagree"])
    assert "Hoe veilig of onveilig is je weg naar school?" in str(typed["we_asked"])
    assert "We vertellen je opnieuw hoe het gaat" in str(typed["hear_again"])
    assert message_for(decision.id) is None


def test_the_preview_shows_what_was_typed_and_keeps_nothing(pages: Pages, cast: Cast) -> None:
    decision = a_decided_signal(cast)
    page = pages.as_(cast.ada).post(f"/desk/messages/{decision.id}/preview", form(because="Omdat wij dat willen."))
    [phone] = page.all("section", class_="phone")
    assert "Omdat wij dat willen." in "".join(phone.itertext())
    assert message_for(decision.id) is None


def test_the_draft_is_in_the_language_of_the_town_not_of_the_writer(pages: Pages, cast: Cast) -> None:
    decision = a_decided_signal(cast)
    due = {"title": "Paaltjes in de Lindestraat", "due": today()}
    save(Measure(decision_id=decision.id, department_id=cast.mobility.id, owner_id=cast.ada.id, **due))
    with writing():
        cast.ada.language = "fr"
    page = pages.as_(cast.ada).get(f"/desk/messages/{decision.id}")
    [coming] = [area.text for area in page.all("textarea") if area.get("name") == "you_will_see"]
    assert str(coming).strip().startswith("Tegen ")


def test_a_draft_stays_inside_and_comes_back(pages: Pages, cast: Cast) -> None:
    decision = a_decided_signal(cast)
    ada = pages.as_(cast.ada)
    ada.post(f"/desk/messages/{decision.id}/save", form(because=""))
    assert message_for(decision.id).published_at is None
    assert "Werk af" in ada.get("/desk/messages").text
    assert "In mei staan er paaltjes" in ada.get(f"/desk/messages/{decision.id}").text
    assert "In mei staan er paaltjes" not in pages.get("/m/oudenhove/what-happened").text


def test_a_no_without_its_reason_is_not_told_and_keeps_what_was_typed(pages: Pages, cast: Cast) -> None:
    decision = a_decided_signal(cast)
    ada, url = pages.as_(cast.ada), f"/desk/messages/{decision.id}"
    ada.post(f"{url}/finish", form(because=""))
    ada.post(f"{url}/seen", {"digest": digest(ada.get(f"{url}/check"))})
    page = ada.post(f"{url}/publish", status=422)
    assert "vul nog in “Daarom”" in page.text
    assert "In mei staan er paaltjes" in page.text
    assert message_for(decision.id).published_at is None


def test_telling_puts_it_on_the_public_page_and_in_the_ledger(pages: Pages, cast: Cast) -> None:
    decision = a_decided_signal(cast)
    tell(pages, cast.ada, decision)
    assert message_for(decision.id).published_by_id == cast.ada.id
    assert "In mei staan er paaltjes" in pages.get("/m/oudenhove/what-happened").text
    entry = db.session.query(Entry).filter_by(verb="message.published").one()
    assert entry.object == f"message:{decision.id}"


def test_a_told_message_is_changed_only_openly(pages: Pages, cast: Cast) -> None:
    decision = a_decided_signal(cast)
    ada, url = pages.as_(cast.ada), f"/desk/messages/{decision.id}"
    tell(pages, cast.ada, decision)
    told = message_for(decision.id).published_at
    ada.post(f"{url}/save", form(because="Nu duidelijker.", seen=ada.get(url).seen))
    assert "Nu duidelijker." not in pages.get("/m/oudenhove/what-happened").text
    assert "Nu duidelijker." in ada.get(url).text
    assert "Werk af" in ada.get("/desk/messages").text
    tell(pages, cast.ada, decision, because="Nu duidelijker.")
    message = refresh(message_for(decision.id))
    assert [text.parts["because"] for text in message.versions] == [WRITTEN["because"], "Nu duidelijker."]
    assert "Nu duidelijker." in pages.get("/m/oudenhove/what-happened").text
    assert "Werk af" not in ada.get("/desk/messages").text
    assert message.published_at == told
    assert db.session.query(Entry).filter_by(verb="message.published").count() == 2


def test_a_corrected_decision_gets_a_new_message(pages: Pages, cast: Cast) -> None:
    decision = a_decided_signal(cast)
    ada = pages.as_(cast.ada)
    tell(pages, cast.ada, decision)
    signal = decision.answers[0].signal
    new = a_decision(
        signal, cast.ben, Outcome.NOT_ADOPTED, what="Toch niet.", reason="De brug gaat dicht.", corrects_id=decision.id
    )
    assert answered_signals(signal.wave_id) == []
    assert "Toch niet." in ada.get("/desk/messages").text
    public = pages.get("/m/oudenhove/what-happened").text
    assert "De brug gaat dicht." in public
    assert "In mei staan er paaltjes" not in public
    ada.post(f"/desk/messages/{decision.id}/publish", status=422)
    tell(pages, cast.ada, new)


def test_only_people_of_the_department_write(pages: Pages, cast: Cast) -> None:
    decision = a_decided_signal(cast)
    url = f"/desk/messages/{decision.id}"
    for person in (cast.ada, cast.ben, cast.cora):
        assert pages.as_(person).client.get(url).status_code == 200
    for person in (cast.cleo, cast.odette):
        for verb in ("preview", "save", "finish", "add", "remove", "seen", "publish"):
            assert pages.as_(person).client.post(f"{url}/{verb}", data=form()).status_code == 404
    assert pages.as_(cast.sam).client.post(f"{url}/publish", data=form()).status_code == 403
    assert message_for(decision.id) is None


def test_the_department_that_asked_reads_but_does_not_write_what_another_answers(pages: Pages, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility, state=State.CLOSED)
    decision = a_decision(a_signal(consultation, department_id=cast.youth.id), cast.cleo)
    assert pages.as_(cast.ada).client.get(f"/desk/messages/{decision.id}").status_code == 403


def test_telling_about_the_last_signal_answers_the_round(pages: Pages, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility, state=State.CLOSED)
    wave = consultation.waves[0]
    owe_feedback(cast, wave)
    first, second = (a_decision(a_signal(consultation, title), cast.ben) for title in ("Te snel.", "Te donker."))
    tell(pages, cast.ada, first)
    assert refresh(wave).state == State.CLOSED
    tell(pages, cast.ada, second)
    assert refresh(wave).state == State.ANSWERED
    assert duty("feedback", f"wave:{wave.id}").kept_at


def test_a_round_with_unread_words_is_answered_once_they_are_read(pages: Pages, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility, state=State.CLOSED)
    wave, words = consultation.waves[0], a_contribution(consultation)
    owe_feedback(cast, wave)
    decision = a_decision(a_signal(consultation), cast.ben)
    tell(pages, cast.ada, decision)
    note_answered_rounds()
    assert refresh(wave).state == State.CLOSED
    with writing():
        refresh_reading(words)
    note_answered_rounds()
    assert refresh(wave).state == State.ANSWERED


def refresh_reading(words: Any) -> None:
    db.session.merge(words).reading = Reading.NO_REQUEST


def owe_feedback(cast: Cast, wave: Any) -> None:
    with writing():
        owe(
            "system",
            "feedback",
            f"wave:{wave.id}",
            municipality_id=cast.town.id,
            department_id=cast.mobility.id,
            subject="Naar school",
            due=today() + timedelta(days=30),
        )


def test_every_signal_is_counted_once_however_often_it_was_decided(cast: Cast) -> None:
    consultation = a_consultation(cast.mobility)
    signals = [a_signal(consultation, f"Signaal {number}.") for number in range(5)]
    first = a_decision(signals[0], cast.ben, Outcome.UNDER_STUDY, under_study_until=today())
    with writing() as session:
        session.add(Answered(decision_id=first.id, signal_id=signals[1].id))
    a_decision(signals[0], cast.ben, Outcome.NOT_ADOPTED)
    wrong = a_decision(signals[2], cast.ben, Outcome.ADOPTED)
    a_decision(signals[2], cast.ben, Outcome.PARTLY, corrects_id=wrong.id)
    a_signal(a_consultation(cast.youth), "Van een andere dienst.")
    covered = coverage(cast.town.id)
    assert covered.total == 6
    assert {part.value: count for part, count in covered.counts.items()} == {
        "done": 0,
        "yes": 1,
        "no": 1,
        "study": 1,
        "waiting": 3,
        "withdrawn": 0,
    }
    assert coverage(cast.other_town.id).total == 0
    assert set(PARTS) == set(WRITTEN)
