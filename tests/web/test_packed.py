"""Files and lists leave the server as small as pages: compressed once, kept for a year, confirmed where they are."""

import gzip

import brotli
import pytest

from dialogue.web import assets
from dialogue.web.assets import STATIC
from tests.pages import Pages

SCRIPT = "/static/js/answering-child.js"
TEXTS = [
    SCRIPT,
    "/static/css/staff.css",
    "/static/vendor/lean-qr/nano.mjs",
    "/static/pictures/bike.svg",
    "/words/nl.json",
]
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}


@pytest.mark.parametrize("encoding", UNPACK)
@pytest.mark.parametrize("address", TEXTS)
def test_text_comes_compressed_as_the_browser_likes(pages: Pages, address: str, encoding: str) -> None:
    answer = pages.client.get(address, headers={"Accept-Encoding": encoding})
    assert answer.headers.get("Content-Encoding", "") == encoding
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert UNPACK[encoding](answer.data) == pages.client.get(address).data
    assert not encoding or len(answer.data) < len(pages.client.get(address).data) * 0.7


@pytest.mark.parametrize("address", [*TEXTS, "/static/vendor/fonts/andika-latin-400-normal.woff2"])
def test_what_bears_the_mark_of_its_content_is_kept_for_a_year(pages: Pages, address: str) -> None:
    kept = [pages.client.get(address + mark).headers["Cache-Control"] for mark in ("?v=1", "")]
    assert kept == ["public, max-age=31536000, immutable", "public, max-age=600"]


@pytest.mark.parametrize("address", TEXTS)
def test_a_browser_that_has_it_gets_it_confirmed(pages: Pages, address: str) -> None:
    plain, packed = (pages.client.get(address, headers={"Accept-Encoding": encoding}) for encoding in ("", "gzip"))
    assert plain.headers["ETag"] != packed.headers["ETag"]
    again = pages.client.get(address, headers={"If-None-Match": plain.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_each_file_is_handed_out_as_what_it_is(pages: Pages) -> None:
    assert pages.client.get(SCRIPT).mimetype == "text/javascript"
    assert pages.client.get(SCRIPT).data == (STATIC / "js" / "answering-child.js").read_bytes()
    assert pages.client.get("/static/pictures/bike.svg").mimetype == "image/svg+xml"


@pytest.mark.parametrize("name", ["../app.py", "js/../../app.py", "nothing.js", "js", ""])
def test_no_other_name_leads_to_a_file(pages: Pages, name: str) -> None:
    assert pages.client.get(f"/static/{name}").status_code in (308, 404)
    assert assets._text(name) is None
