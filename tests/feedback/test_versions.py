"""Which text a child reads, what a message needs before it is told, and what is drafted."""

from collections.abc import Mapping
from typing import Any

import pytest

from dialogue.decisions.models import Measure, Outcome
from dialogue.feedback.drafting import first_draft
from dialogue.feedback.editions import Parts, note_seen, remove_text, save_text
from dialogue.feedback.models import PARTS, MessageText, Version
from dialogue.feedback.queries import message_for
from dialogue.feedback.services import publish
from dialogue.feedback.telling_rules import NEEDED, why_not_publish
from dialogue.feedback.versions import chosen, is_seen, shown, told, version_of
from dialogue.ledger.models import Entry
from dialogue.shared.clock import today
from dialogue.shared.database import db, writing
from dialogue.shared.errors import NotFound, Refused
from dialogue.web.i18n import LANGUAGES
from tests.builders import Cast, a_consultation, a_decision, a_signal, actor_of, refresh, save
from tests.feedback.telling import a_message, see_all, tell

FULL = dict.fromkeys(PARTS, "tekst")
MAIN = Version("", "nl")


def texts(said: Mapping[str, Parts], *, seen: bool = True) -> list[MessageText]:
    """The texts of an edition that is being written, by version."""
    made = [MessageText(**version_of(code, LANGUAGES)._asdict(), parts=parts, seen="") for code, parts in said.items()]
    for text in made:
        text.picture, text.seen = "", shown(text, made).digest if seen else ""
    return made


def a_decided(cast: Cast, outcome: Outcome = Outcome.PARTLY, **values: Any) -> Any:
    return a_decision(a_signal(a_consultation(cast.mobility)), cast.ben, outcome, **values)


@pytest.mark.parametrize(
    ("band", "language", "read"),
    [
        ("", "nl", "algemeen"),
        ("B", "nl", "algemeen"),
        ("A", "nl", "voor de kleinsten"),
        ("B", "fr", "général"),
        ("A", "fr", "général"),
        ("A", "de", "voor de kleinsten"),
        ("", "de", "algemeen"),
    ],
)
def test_a_child_reads_its_own_text_else_the_general_one(band: str, language: str, read: str) -> None:
    said = {"en": "in English", "fr": "général", "nl": "algemeen", "A-nl": "voor de kleinsten", "D-en": "grown up"}
    found = chosen(texts({code: {"because": text} for code, text in said.items()}), band, language, "nl")
    assert found
    assert found.parts == {"because": read}


def test_what_a_version_for_one_age_leaves_out_is_as_in_the_general_text_of_its_language() -> None:
    made = texts({"nl": {"because": "De bus.", "you_said": "Te snel!"}, "A-nl": {"because": "Broem."}, "A-fr": {}})
    made[0].picture, made[0].sound_id = "bus", 7
    assert shown(made[1], made).parts == {"you_said": "Te snel!", "because": "Broem."}
    assert shown(made[1], made).picture == "bus"
    assert shown(made[1], made).sound_id is None
    assert shown(made[2], made).parts == {}


def test_an_older_message_with_five_parts_shows_as_it_was_told(cast: Cast) -> None:
    message = a_message(cast, a_decided(cast))
    assert list(told(message, "B", "fr").parts) == ["you_said", "we_decided", "because", "you_will_see", "disagree"]


def test_a_version_is_a_known_age_and_language() -> None:
    assert version_of("A-nl", LANGUAGES) == Version("A", "nl")
    for wrong in ("", "A", "E-nl", "a-nl", "xx", "A-nl-", "-nl-A"):
        with pytest.raises(NotFound):
            version_of(wrong, LANGUAGES)


def test_a_message_needs_what_was_said_decided_and_why(app: object) -> None:
    assert why_not_publish(texts({"nl": FULL}), "nl", corrected=False) == []
    assert why_not_publish(texts({"nl": dict.fromkeys(NEEDED, "tekst")}), "nl", corrected=False) == []
    for part in NEEDED:
        assert why_not_publish(texts({"nl": FULL | {part: " "}}), "nl", corrected=False)
    assert why_not_publish(texts({"en": FULL}), "nl", corrected=False)
    assert why_not_publish(texts({"nl": FULL}), "nl", corrected=True)
    assert why_not_publish([], "nl", corrected=False)


def test_another_language_is_complete_and_another_age_needs_only_what_differs(app: object) -> None:
    assert why_not_publish(texts({"nl": FULL, "en": {"because": "half"}}), "nl", corrected=False)
    assert why_not_publish(texts({"nl": FULL, "A-nl": {"because": "kort"}}), "nl", corrected=False) == []
    assert why_not_publish(texts({"nl": FULL, "A-en": {"because": "short"}}), "nl", corrected=False)


def test_what_nobody_saw_is_not_told(cast: Cast) -> None:
    decision, ada = a_decided(cast), actor_of(cast.ada)
    with writing():
        for version in (MAIN, Version("A", "nl")):
            save_text(ada, decision, version, FULL)
        [first, second] = message_for(decision.id).draft
        note_seen(ada, decision, MAIN, shown(first, [first, second]).digest)
    with writing(), pytest.raises(Refused) as refused:
        publish(ada, refresh_decision(decision))
    assert [reason for reason in refused.value.reasons if "4–6 jaar" in reason] == list(refused.value.reasons)
    assert refresh(message_for(decision.id)).published_at is None


def refresh_decision(decision: Any) -> Any:
    return db.session.merge(decision)


@pytest.mark.parametrize("change", ["own", "general", "picture", "added"])
def test_what_changed_after_it_was_seen_must_be_seen_again(cast: Cast, change: str) -> None:
    decision, ada = a_decided(cast), actor_of(cast.ada)
    small = Version("A", "nl")
    with writing():
        save_text(ada, decision, MAIN, FULL)
        save_text(ada, decision, small, {"because": "De bus."})
        see_all(ada, decision)
        if change == "picture":
            message_for(decision.id).draft[0].picture = "bus"
        else:
            version = {"own": small, "general": MAIN, "added": Version("", "fr")}[change]
            save_text(ada, decision, version, FULL | {"because": "Iets anders."} if change != "own" else {})
    draft = message_for(decision.id).draft
    unseen = [text.version.code for text in draft if not is_seen(text, draft)]
    assert unseen == {"own": ["A-nl"], "general": ["nl"], "picture": ["nl", "A-nl"], "added": ["fr"]}[change]


def test_a_page_that_was_opened_before_a_change_does_not_count_as_seen(cast: Cast) -> None:
    decision, ada = a_decided(cast), actor_of(cast.ada)
    with writing():
        text = save_text(ada, decision, MAIN, FULL)
        before = shown(text, [text]).digest
        save_text(ada, decision, MAIN, FULL | {"because": "Stil veranderd."})
    with writing(), pytest.raises(Refused):
        note_seen(ada, decision, MAIN, before)
    with writing(), pytest.raises(NotFound):
        note_seen(ada, decision, Version("", "de"), before)


def test_who_saw_which_version_is_kept(cast: Cast) -> None:
    decision = a_decided(cast)
    with writing():
        message = tell(actor_of(cast.ada), decision, {"nl": FULL, "B-fr": FULL})
    assert {text.seen_by_id for text in message.told} == {cast.ada.id}
    assert db.session.query(Entry).filter_by(verb="message.seen").count() == 2


def test_a_new_edition_leaves_the_old_one_as_it_was_told(cast: Cast) -> None:
    decision, ada = a_decided(cast), actor_of(cast.ada)
    with writing():
        tell(ada, decision, {"nl": FULL, "A-nl": {"because": "Kort."}})
    with writing():
        remove_text(ada, db.session.merge(decision), Version("A", "nl"))
        save_text(ada, db.session.merge(decision), Version("B", "nl"), {"because": "Nog niet verteld."})
    message = refresh(message_for(decision.id))
    assert told(message, "A", "nl").parts["because"] == "Kort."
    assert told(message, "B", "nl").parts["because"] == "tekst"
    assert [text.version.code for text in message.draft] == ["nl", "B-nl"]
    assert is_seen(message.draft[0], message.draft)
    with writing():
        see_all(ada, db.session.merge(decision))
        publish(ada, db.session.merge(decision))
    assert told(refresh(message_for(decision.id)), "A", "nl").parts["because"] == "tekst"
    assert told(message, "B", "nl").parts["because"] == "Nog niet verteld."
    assert [text.edition for text in message.versions] == [1, 1, 2, 2]


def test_the_database_refuses_to_change_what_was_told(cast: Cast) -> None:
    message = a_message(cast, a_decided(cast))
    for verb in ("UPDATE message_text SET language = 'fr'", "DELETE FROM message_text"):
        with pytest.raises(Exception, match="append-only"), writing() as session:
            session.execute(db.text(verb))
    assert refresh(message).versions[0].language == "nl"


def test_the_general_text_stays(cast: Cast) -> None:
    decision, ada = a_decided(cast), actor_of(cast.ada)
    with writing():
        save_text(ada, decision, MAIN, FULL)
    with writing(), pytest.raises(Refused):
        remove_text(ada, db.session.merge(decision), MAIN)


def test_a_draft_says_all_that_is_known(cast: Cast) -> None:
    decision = a_decided(cast)
    planned = {"department_id": cast.mobility.id, "owner_id": cast.ada.id, "due": today()}
    save(Measure(decision_id=decision.id, title="Paaltjes.", **planned))
    draft = first_draft(decision, "nl")
    assert list(draft) == list(PARTS)
    assert all(draft.values())
    assert draft["because"] == decision.reason
    assert "Paaltjes" in draft["you_will_see"]


def test_after_a_no_nothing_more_is_promised(cast: Cast) -> None:
    assert "Dit was het laatste bericht" in first_draft(a_decided(cast, Outcome.NOT_ADOPTED), "nl")["hear_again"]
    study = a_decided(cast, Outcome.UNDER_STUDY, under_study_until=today())
    assert "of vroeger" in first_draft(study, "nl")["hear_again"]


def test_what_a_person_wrote_is_not_put_under_another_language(cast: Cast) -> None:
    draft = first_draft(a_decided(cast), "fr")
    assert (draft["we_decided"], draft["because"]) == ("", "")
    assert draft["we_asked"]
