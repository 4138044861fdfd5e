"""Photos and documents as proof: what is left of them, who gets them, and what is refused."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import event, func, select

from dialogue.decisions import measure_services, proof_files
from dialogue.decisions.models import Measure, Proof, ProofFile
from dialogue.ledger.models import Entry
from dialogue.shared.clock import today
from dialogue.shared.database import db, writing
from dialogue.shared.models import StoredFile
from dialogue.shared.pictures import painted_anew
from tests.builders import Cast, a_consultation, a_decision, a_signal, actor_of
from tests.decisions.files import NOT_PROOF, PAGE, PLACE, a_pdf, a_phone_photo, a_photo
from tests.pages import Page, Pages

TYPED = {"title": "Foto van de drempel", "seen_on": date(2026, 3, 2).isoformat(), "alt": "Een nieuwe drempel"}


@pytest.fixture
def measure(cast: Cast) -> Measure:
    decision = a_decision(a_signal(a_consultation(cast.mobility), "Ik durf niet oversteken."), cast.ben)
    with writing():
        return measure_services.plan(actor_of(cast.ada), decision, "Drempel", cast.ada.id, today())


def bring(pages: Pages, measure: Measure, content: bytes, name: str = "foto.jpg", **more: Any) -> Page:
    """Send the form with a file."""
    status = more.pop("status", 200)
    data = TYPED | {"file": (io.BytesIO(content), name)} | more
    return pages.post(f"/desk/measures/{measure.id}/proof", data, status=status, content_type="multipart/form-data")


def kept() -> tuple[int, ...]:
    """How many proofs, links to files and files there are."""
    db.session.rollback()
    tables = (Proof, ProofFile, StoredFile)
    return tuple(db.session.scalar(select(func.count()).select_from(one)) or 0 for one in tables)


def questions_to_the_database(ask: Callable[[], object]) -> int:
    """How many statements `ask` takes, counted after a first time."""
    ask()
    db.session.expunge_all()
    seen: list[str] = []
    listen = lambda *args: seen.append(args[2])  # noqa: E731
    event.listen(db.engine, "before_cursor_execute", listen)
    ask()
    event.remove(db.engine, "before_cursor_execute", listen)
    return len(seen)


def the_file() -> StoredFile:
    db.session.rollback()
    return db.session.scalars(select(StoredFile)).one()


def test_of_a_photo_only_what_is_seen_remains(app: Flask) -> None:
    brought = a_phone_photo()
    for secret in (b"PHONEMAKER", PLACE.encode(), b"OWNER", b"PROFILE"):
        assert secret in brought
    left = painted_anew(brought, "x.jpg").file.content
    for secret in (b"PHONEMAKER", PLACE.encode(), b"OWNER", b"PROFILE", b"Exif", b"ICC"):
        assert secret not in left
    with Image.open(io.BytesIO(left)) as seen:
        assert (seen.format, seen.size) == ("JPEG", (200, 300))
        assert not dict(seen.getexif())
        assert set(seen.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        red, _green, blue = seen.getpixel((100, 10))  # what was left is on top now
        assert (red < 90, blue > 200) == (True, True)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_large_photos_of_each_kind_become_smaller_jpegs(app: Flask, form: str) -> None:
    photo = painted_anew(a_photo(form, (4000, 1000)), "x")
    assert (photo.width, photo.height, photo.file.media_type) == (2000, 500, "image/jpeg")


def test_a_page_behind_a_photo_is_gone(app: Flask) -> None:
    left = painted_anew(a_photo(comment=PAGE) + PAGE, "x.html").file
    assert b"script" not in left.content
    assert left.safe_name == "x.jpg"


def test_what_is_see_through_becomes_white(app: Flask) -> None:
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG", pnginfo=None)
    with Image.open(io.BytesIO(painted_anew(out.getvalue(), "x").file.content)) as seen:
        assert seen.getpixel((5, 5)) == (255, 255, 255)


def test_a_photo_is_kept_with_its_words_and_shown_once_somebody_says_so(
    cast: Cast, measure: Measure, pages: Pages
) -> None:
    ada = pages.as_(cast.ada)
    page = bring(ada, measure, a_phone_photo(), "../../Drempel é.JPG")
    [image] = page.all("img", alt="Een nieuwe drempel")
    assert "niet openbaar" in page.text
    assert the_file().name == "drempel-e.jpg"
    answer = ada.client.get(image.get("src", ""))
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert answer.data == the_file().content
    proof = db.session.scalars(select(Proof)).one()
    assert proof.file
    assert proof.file.shown_by_id is None
    ada.post(f"/desk/proof/{proof.id}/show")
    db.session.rollback()
    assert proof.file.shown_by_id == cast.ada.id
    assert "niet openbaar" in ada.post(f"/desk/proof/{proof.id}/hide").text


def test_a_document_is_downloaded_and_never_opened_in_the_page(cast: Cast, measure: Measure, pages: Pages) -> None:
    ada, brought = pages.as_(cast.ada), a_pdf()
    page = bring(ada, measure, brought, "Verslag.pdf", alt="")
    [address] = [link for link in page.links() if link.endswith("/file")]
    answer = ada.client.get(address)
    assert answer.data == brought
    assert answer.headers["Content-Disposition"] == 'attachment; filename="verslag.pdf"'
    assert answer.headers.getlist("X-Content-Type-Options") == ["nosniff"]
    assert answer.headers.getlist("Content-Security-Policy") == ["default-src 'none'; sandbox; frame-ancestors 'none'"]
    proof = db.session.scalars(select(Proof)).one()
    ada.post(f"/desk/proof/{proof.id}/show", status=422)  # only photos are shown to everybody


@pytest.mark.parametrize("content", NOT_PROOF.values(), ids=NOT_PROOF)
def test_what_is_no_proof_is_refused_and_what_was_typed_stays(
    cast: Cast, measure: Measure, pages: Pages, content: bytes
) -> None:
    for name in ("foto.jpg", "verslag.pdf"):
        page = bring(pages.as_(cast.ada), measure, content, name, status=422)
        assert page.all("input", name="title", value="Foto van de drempel")
        assert page.all("input", name="alt", value="Een nieuwe drempel")
        assert page.all("input", name="file", aria_invalid="true")
    assert kept() == (0, 0, 0)


def test_a_photo_without_words_is_refused(cast: Cast, measure: Measure, pages: Pages) -> None:
    page = bring(pages.as_(cast.ada), measure, a_photo(), alt=" \u200b", status=422)
    assert "Schrijf wat er op de foto te zien is." in page.text
    assert "Kies het bestand opnieuw." in page.text
    assert kept() == (0, 0, 0)


def test_what_the_rules_refuse_leaves_no_file(cast: Cast, measure: Measure, pages: Pages) -> None:
    bring(pages.as_(cast.ada), measure, a_photo(), uri="javascript:x", status=422)
    bring(pages.as_(cast.ada), measure, a_photo(), title="", status=422)
    assert kept() == (0, 0, 0)


@pytest.mark.parametrize("name", ["a" * 300 + ".jpg", "图片.jpg", "..", 'x"; y=.jpg', "con.jpg\0.exe", "\u202egpj.exe"])
def test_odd_names_are_no_trouble(cast: Cast, measure: Measure, pages: Pages, name: str) -> None:
    bring(pages.as_(cast.ada), measure, a_photo(), name)
    assert set(the_file().name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.")
    assert len(the_file().name) <= 64


def test_a_file_that_is_too_large_is_refused(cast: Cast, measure: Measure, pages: Pages) -> None:
    large = a_photo() + bytes(proof_files.MOST_BYTES)
    page = bring(pages.as_(cast.ada), measure, large, status=422)
    assert "hoogstens 20 MB" in page.text
    assert page.all("input", name="title", value="Foto van de drempel")
    assert "te groot" in bring(pages.as_(cast.ada), measure, large + bytes(2**20), status=413).text
    assert kept() == (0, 0, 0)


def test_only_doors_for_files_take_much_and_only_from_who_is_signed_in(
    cast: Cast, measure: Measure, pages: Pages
) -> None:
    pages.as_(cast.ada).post(f"/desk/measures/{measure.id}/drop", {"because": "x" * 300_000}, status=413)
    data = {"file": (io.BytesIO(bytes(2**20)), "x.jpg")}
    answer = pages.client.post(f"/desk/measures/{measure.id}/proof", data=data, content_type="multipart/form-data")
    assert answer.status_code in (302, 413)
    assert kept() == (0, 0, 0)


def test_others_do_not_find_the_proof_of_a_department(cast: Cast, measure: Measure, pages: Pages) -> None:
    bring(pages.as_(cast.ada), measure, a_photo())
    proof = db.session.scalars(select(Proof)).one()
    for person in (cast.cleo, cast.odette, cast.ines):
        client = pages.as_(person)
        client.get(f"/desk/proof/{proof.id}/file", status=404)
        for verb in ("show", "hide", "take-away"):
            client.post(f"/desk/proof/{proof.id}/{verb}", status=404)
        bring(client, measure, a_photo(), status=404)
    assert kept() == (1, 1, 1)
    assert pages.client.get(f"/desk/proof/{proof.id}/file").status_code == 302
    pages.as_(cast.cora).get(f"/desk/measures/{measure.id}")
    pages.as_(cast.cora).get("/desk/proof/999/file", status=404)


def test_a_file_is_deleted_for_good_and_the_proof_stays(cast: Cast, measure: Measure, pages: Pages) -> None:
    ada = pages.as_(cast.ada)
    bring(ada, measure, a_photo())
    proof = db.session.scalars(select(Proof)).one()
    ada.post(f"/desk/proof/{proof.id}/take-away")
    assert kept() == (1, 0, 0)
    ada.get(f"/desk/proof/{proof.id}/file", status=404)
    ada.post(f"/desk/proof/{proof.id}/take-away", status=422)
    verbs = db.session.scalars(select(Entry.verb).where(Entry.object == f"proof:{proof.id}").order_by(Entry.sequence))
    assert verbs.all() == ["proof.added", "proof.file_added", "proof.file_deleted"]


def test_a_measure_with_much_proof_is_read_in_as_many_questions_to_the_database(
    cast: Cast, measure: Measure, pages: Pages
) -> None:
    ada = pages.as_(cast.ada)
    counts = []
    for many in (2, 3):
        for _ in range(many):
            bring(ada, measure, a_photo())
        counts.append(questions_to_the_database(lambda: ada.get(f"/desk/measures/{measure.id}")))
    assert counts[0] == counts[1]
