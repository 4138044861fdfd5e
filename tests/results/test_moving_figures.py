"""No figure ever moves by fewer than ten, however letters arrive."""

from datetime import timedelta

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from dialogue.answering.models import Contribution, Letter, Response, Waiting
from dialogue.results import publishing, rules
from dialogue.results.jobs import open_boxes
from dialogue.results.models import Publication, Tally
from dialogue.results.queries import publication, total
from dialogue.shared import clock
from dialogue.shared.clock import now
from dialogue.shared.database import db, writing
from dialogue.shared.models import Outbox
from tests.builders import Cast, a_consultation, a_place
from tests.results.box import close, in_box, opened, post, tallied

arrivals = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from("BC"), st.integers(1, 30), st.integers(0, 9)), min_size=1, max_size=8
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(arrivals)
def test_however_letters_arrive_figures_add_up_and_move_by_ten(app: Flask, cast: Cast, days: list) -> None:  # type: ignore[type-arg]
    with writing() as session:
        for table in (Outbox, Publication, Tally, Waiting, Response, Contribution, Letter):
            session.execute(delete(table))
    app.extensions.pop("dialogue.results", None)
    consultation = a_consultation(cast.mobility, bands="BC")
    quarter = db.session.get(type(a_place(cast.town, f"W{consultation.id}")), 1)
    places = [None, *(a_place(cast.town, f"{n} {consultation.id}", parent_id=quarter.id) for n in "ABC")]
    sent, moment, before, shown = 0, now(), opened_per_group(), figures(consultation.waves[-1].id)
    for place, band, count, pause in [*days, (0, "B", 0, 0)]:
        sent += count
        moment += timedelta(days=pause)
        with clock.pinned(moment):
            if count:
                post(consultation, count, place=places[place], band=band)
            else:
                close(consultation)
            open_boxes()
        after, now_shown = opened_per_group(), figures(consultation.waves[-1].id)
        moved = {group: after[group] - before.get(group, 0) for group in after}
        if count:
            assert all(more == 0 or more >= 10 for more in moved.values())
            assert in_box() >= min(10, sent)
        assert opened() == tallied()
        assert tallied("q1") == tallied()
        assert all(abs(now_shown[name] - shown.get(name, 0)) not in range(1, 10) for name in now_shown)
        before, shown = after, now_shown
    assert in_box() == 0
    assert opened().total() == sent


def opened_per_group() -> dict[tuple[str, int], int]:
    rows = db.session.execute(select(Tally.band, Tally.place_id, Tally.count).where(Tally.item == ""))
    return {(band.value, place): count for band, place, count in rows}


def figures(wave_id: int) -> dict[str, int]:
    """What is published, exactly: the total, the bands and the groups of places."""
    row = db.session.get(Publication, wave_id)
    if row is None:
        return {}
    tallies = [(b, int(p), "", "", n) for b, places in row.tables["_sizes"].items() for p, n in places.items()]
    shown = publishing.disclose(tallies, {}, {})
    return {"": shown.responses, **shown.bands}


def test_a_band_that_moves_by_fewer_than_ten_stands_still(app: Flask, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility)
    wave = consultation.waves[-1].id
    post(consultation, 60, options="abcd")
    close(consultation)
    open_boxes()
    before = publication(wave)
    post(consultation, 6, options="a")  # an import into a round that is closed
    open_boxes()
    assert total(wave) == 66
    assert publication(wave) == before
    post(consultation, 6, options="a")
    open_boxes()
    assert publication(wave) != before


def test_a_threshold_is_ten_to_nineteen_and_stable_between_looks() -> None:
    found = [rules.threshold(b"pepper", 1, ("B", place), 0, 10) for place in range(400)]
    assert set(found) == set(range(10, 20))
    assert found == [rules.threshold(b"pepper", 1, ("B", place), 0, 10) for place in range(400)]
    assert found != [rules.threshold(b"other", 1, ("B", place), 0, 10) for place in range(400)]
    assert found != [rules.threshold(b"pepper", 1, ("B", place), 12, 10) for place in range(400)]


def test_a_raised_smallest_group_raises_the_threshold() -> None:
    assert min(rules.threshold(b"pepper", 1, ("B", place), 0, 25) for place in range(100)) >= 25
