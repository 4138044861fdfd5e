"""All posters at once: a whole ZIP with readable names, also after a restart, and never somebody else's."""

import io
import zipfile
from datetime import timedelta
from unittest.mock import patch

import pypdfium2
import pytest
import zxingcpp
from flask import Flask

from dialogue.consultations import printing
from dialogue.consultations.models import Consultation
from dialogue.jobs import WHEN_ASKED, run_all
from dialogue.places.models import Place
from dialogue.places.poster import file_stems, poster_pdf
from dialogue.shared.clock import now, pinned
from dialogue.shared.database import db
from dialogue.shared.models import Bundle, BundleFile, Outbox
from dialogue.shared.outbox import run_due
from tests.builders import Cast, a_consultation, a_place, change
from tests.pages import Pages

NAMES = (
    "Basisschool De Linde",
    "Jeugdhuis ’t Paard & Co",
    "=HYPERLINK(1)",
    "../../etc/passwd",
    "مدرسة",
    "De linde",
    "de Linde!",
)


@pytest.fixture
def consultation(cast: Cast) -> Consultation:
    for name in NAMES:
        a_place(cast.town, name)
    a_place(cast.town, "Gesloten", withdrawn_at=now())
    a_place(cast.other_town, "Van een ander")
    return change(a_consultation(cast.mobility), languages=["nl"])


def address(consultation: Consultation) -> str:
    return f"/desk/consultations/{consultation.id}/posters"


def the_zip(pages: Pages, consultation: Consultation) -> dict[str, bytes]:
    answer = pages.client.get(f"{address(consultation)}.zip")
    assert answer.status_code == 200
    assert answer.mimetype == "application/zip"
    archive = zipfile.ZipFile(io.BytesIO(answer.data))
    assert archive.testzip() is None
    return {name: archive.read(name) for name in archive.namelist()}


def codes_in(document: bytes) -> list[str]:
    """What a phone reads on each page."""
    pages = list(pypdfium2.PdfDocument(document))
    return [found.text for page in pages for found in zxingcpp.read_barcodes(page.render(scale=1.2).to_pil())]


def test_every_place_has_a_poster_of_its_own_that_a_phone_reads(
    pages: Pages, cast: Cast, consultation: Consultation
) -> None:
    ada = pages.as_(cast.ada)
    assert "Wordt gemaakt" in ada.post(address(consultation)).text
    run_due(WHEN_ASKED)
    page = ada.get(address(consultation))
    assert "8 bestanden" in page.text
    assert f"{address(consultation)}.zip" in page.links()
    files = the_zip(ada, consultation)
    places = db.session.query(Place).filter_by(municipality_id=cast.town.id, withdrawn_at=None).all()
    wanted = {f"HTTP://LOCALHOST/P/{place.code}" for place in places}
    together = files.pop("oudenhove_alle-affiches-A4.pdf")
    read = [code for document in files.values() for code in codes_in(document)]
    assert len(read) == len(NAMES)
    assert set(read) == wanted
    assert set(codes_in(together)) == wanted
    assert len(pypdfium2.PdfDocument(together)) == len(NAMES)
    assert b"pdfuaid" in together


def test_names_of_files_are_readable_safe_and_never_the_same(cast: Cast, consultation: Consultation) -> None:
    places = db.session.query(Place).filter_by(municipality_id=cast.town.id, withdrawn_at=None).all()
    stems = file_stems("oudenhove", places)
    assert len({stem.casefold() for stem in stems.values()}) == len(NAMES)
    for place in places:
        stem = stems[place.id]
        assert set(stem) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_"), stem
        assert stem.startswith("oudenhove-")
    by_name = {place.name: stems[place.id] for place in places}
    assert by_name["Basisschool De Linde"] == "oudenhove-basisschool-de-linde"
    assert by_name["Jeugdhuis ’t Paard & Co"] == "oudenhove-jeugdhuis-t-paard-co"
    assert by_name["De linde"].startswith("oudenhove-de-linde_")
    assert by_name["=HYPERLINK(1)"] == "oudenhove-hyperlink-1"


def test_a_job_that_is_stopped_goes_on_where_it_was(pages: Pages, cast: Cast, consultation: Consultation) -> None:
    ada = pages.as_(cast.ada)
    ada.post(address(consultation))
    drawn: list[str] = []

    def stops_at_the_fourth(*texts: object) -> bytes:
        if len(drawn) == 3:
            raise KeyboardInterrupt
        drawn.append("one")
        return poster_pdf(*texts)  # type: ignore[arg-type]

    with patch.object(printing, "poster_pdf", stops_at_the_fourth), pytest.raises(KeyboardInterrupt):
        run_due(WHEN_ASKED)
    halfway = ada.get(address(consultation))
    assert "3 van 8 bestanden klaar" in halfway.text
    [bar] = halfway.all("progress")
    assert (bar.get("value"), bar.get("max")) == ("3", "8")
    assert ada.client.get(f"{address(consultation)}.zip").status_code == 404
    with patch.object(printing, "poster_pdf", lambda *texts: drawn.append("again") or poster_pdf(*texts)):
        run_due(WHEN_ASKED)
    assert drawn == ["one"] * 3 + ["again"] * 5
    assert len(the_zip(ada, consultation)) == 8


def test_work_that_fails_says_so_and_can_be_begun_anew(pages: Pages, cast: Cast, consultation: Consultation) -> None:
    ada = pages.as_(cast.ada)
    ada.post(address(consultation))
    with patch.object(printing, "poster_pdf", side_effect=OSError("no room")):
        run_due(WHEN_ASKED)
    assert "Het lukte deze keer niet" in ada.get(address(consultation)).text
    assert "Wordt gemaakt" in ada.post(address(consultation)).text
    run_due(WHEN_ASKED)
    assert len(the_zip(ada, consultation)) == 8


def test_asking_twice_is_asking_once(pages: Pages, cast: Cast, consultation: Consultation) -> None:
    ada = pages.as_(cast.ada)
    for colour in ("sun", "sun", "odd"):
        ada.post(address(consultation), {"colour": colour})
    assert db.session.query(Outbox).filter_by(kind=printing.DRAW).count() == 1
    ada.post(address(consultation), {"colour": "plain"})
    run_due(WHEN_ASKED)
    assert db.session.query(Bundle).one().wish["colour"] == "plain"
    assert db.session.query(BundleFile).count() == 8


def test_a_place_that_came_later_is_noticed(pages: Pages, cast: Cast, consultation: Consultation) -> None:
    ada = pages.as_(cast.ada)
    ada.post(address(consultation))
    run_due(WHEN_ASKED)
    assert "Maak ze opnieuw voor je ze afdrukt" not in ada.get(address(consultation)).text
    a_place(cast.town, "Nieuwe bib")
    assert "Maak ze opnieuw voor je ze afdrukt" in ada.get(address(consultation)).text
    ada.post(address(consultation))
    run_due(WHEN_ASKED)
    assert "oudenhove-nieuwe-bib-A4.pdf" in the_zip(ada, consultation)
    assert "Maak ze opnieuw voor je ze afdrukt" not in ada.get(address(consultation)).text


def test_two_languages_give_two_posters_per_place(pages: Pages, cast: Cast, consultation: Consultation) -> None:
    change(consultation, languages=["nl", "en"])
    ada = pages.as_(cast.ada)
    ada.post(address(consultation))
    run_due(WHEN_ASKED)
    files = the_zip(ada, consultation)
    assert len(files) == 2 * 8
    assert {"oudenhove-basisschool-de-linde-nl-A4.pdf", "oudenhove_alle-affiches-en-A4.pdf"} <= files.keys()


def test_other_departments_and_towns_find_nothing(pages: Pages, cast: Cast, consultation: Consultation) -> None:
    pages.as_(cast.ada).post(address(consultation))
    run_due(WHEN_ASKED)
    for stranger in (cast.cleo, cast.odette):
        client = pages.as_(stranger).client
        assert client.get(f"{address(consultation)}.zip").status_code == 404
        assert client.post(address(consultation)).status_code == 404
    own = a_consultation(cast.youth)
    assert pages.as_(cast.cleo).client.get(f"{address(own)}.zip").status_code == 404
    assert db.session.query(Bundle).count() == 1


def test_too_many_or_no_places_are_refused_with_a_reason(pages: Pages, cast: Cast) -> None:
    consultation, ada = a_consultation(cast.mobility), pages.as_(cast.ada)
    assert "Voeg eerst een plaats toe" in ada.post(address(consultation), status=422).text
    for name in ("Een", "Twee"):
        a_place(cast.town, name)
    with patch.object(printing, "MOST", 1):
        assert "hoogstens 1 plaats tegelijk" in ada.post(address(consultation), status=422).text


def test_old_files_are_removed_and_nothing_else(
    app: Flask, pages: Pages, cast: Cast, consultation: Consultation
) -> None:
    pages.as_(cast.ada).post(address(consultation))
    run_due(WHEN_ASKED)
    with pinned(now() + timedelta(days=printing.DAYS)):
        run_all()
    assert db.session.query(BundleFile).count() == 8
    with pinned(now() + timedelta(days=printing.DAYS + 1)):
        run_all()
    assert db.session.query(BundleFile).count() == db.session.query(Bundle).count() == 0
