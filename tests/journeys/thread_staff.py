"""What staff do in the thread, from making a consultation to proving what came of it; axe-core looks at each page."""

import io
import re
from datetime import timedelta
from pathlib import Path

import docx
import pypdfium2
import zxingcpp
from playwright.sync_api import Page, expect

from dialogue import jobs
from dialogue.consultations.models import Consultation
from dialogue.people.models import StaffMember
from dialogue.shared.clock import today
from dialogue.shared.database import db
from tests.builders import PASSWORD
from tests.journeys.axe import assert_clean
from tests.journeys.conftest import Live

TITLE = "Hoe kom jij naar school?"
SIGNAL = "De auto's rijden te snel aan de schoolpoort."
WHAT = "De Lindestraat wordt een schoolstraat. De Kerkstraat niet."
REASON = "In de Kerkstraat rijdt de bus. Die kan niet om."


def sign_in(live: Live, person: StaffMember) -> Page:
    page = live.browser_page(1360, 860)
    page.goto(f"{live.url}/sign-in")
    assert_clean(page)
    page.get_by_label("E-mail").fill(person.email)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Meld aan").click()
    expect(page).to_have_url(f"{live.url}/desk")
    assert_clean(page)
    return page


def make_consultation(ada: Page) -> None:
    """A new consultation for 7–11 with two questions of Ada's own."""
    ada.get_by_role("link", name="Nieuwe bevraging").first.click()
    assert_clean(ada)
    ada.get_by_label("Titel (Nederlands)").fill(TITLE)
    ada.get_by_label("7–11").check()
    ada.get_by_label("Nederlands", exact=True).check()
    if ada.get_by_label("English", exact=True).is_checked():
        ada.get_by_label("English", exact=True).uncheck()
    ada.locator("[name=starter][value='']").check()
    ada.get_by_role("button", name="Maak de bevraging").click()
    expect(ada.get_by_role("heading", level=1)).to_contain_text("De belofte")
    assert_clean(ada)
    ada.get_by_role("link", name="Annuleer").click()
    expect(ada.get_by_role("heading", level=1)).to_contain_text(TITLE)
    assert_clean(ada)
    ada.get_by_role("link", name=re.compile("7–11")).first.click()
    ada.locator("#start").select_option("bank:MOB-1")
    ada.get_by_role("button", name="Voeg toe").click()
    assert_clean(ada)
    ada.locator("#start").select_option("kind:own_words")
    ada.get_by_role("button", name="Voeg toe").click()
    ada.locator("[name='nl.question']").fill("Wat wil jij nog vertellen?")
    expect(ada.locator("[data-part=phone], .phone").first).to_contain_text("Wat wil jij nog vertellen?")
    ada.get_by_role("button", name="Bewaar deze vraag").click()
    assert_clean(ada)


def promise_and_open(ada: Page) -> None:
    """It may not open without a promise; with one it does."""
    ada.goto(consultation_url(ada))
    ada.get_by_role("link", name=re.compile("Klaar om te openen")).first.click()
    expect(ada.get_by_text("Dit moet eerst")).to_be_visible()
    assert_clean(ada)
    ada.get_by_role("link", name="Belofte en dagen").click()
    ada.locator("[name=purpose]").fill("We willen dat iedereen veilig naar school kan.")
    ada.locator("[name=still_open]").fill("Welke straten een schoolstraat worden.")
    ada.locator("[name=decided_by]").fill("Schepen Ben en het college")
    ada.locator("[name=feeds_plan]").fill("Mobiliteitsplan")
    for name, days in (("opens_on", 0), ("closes_on", 14), ("hear_back_by", 44)):
        ada.locator(f"[name={name}]").fill((today() + timedelta(days=days)).isoformat())
    assert_clean(ada)
    ada.get_by_role("button", name="Bewaar de belofte").click()
    ada.get_by_role("link", name=re.compile("Klaar om te openen")).first.click()
    assert_clean(ada)
    ada.get_by_role("button", name="Open de ronde").click()
    expect(ada.get_by_role("heading", level=1)).to_contain_text("open")


def consultation_url(ada: Page) -> str:
    found = re.match(r".*/desk/consultations/\d+", ada.url)
    assert found
    return found[0]


def scan_poster(live: Live, ada: Page, place_id: int) -> str:
    """The address that a phone reads from the printed poster."""
    ada.get_by_role("link", name="Affiches en QR-codes").click()
    assert_clean(ada)
    link = ada.locator(f"a[href*='/posters/{place_id}.pdf']").first.get_attribute("href")
    document = pypdfium2.PdfDocument(io.BytesIO(ada.request.get(live.url + str(link)).body()))
    [code] = zxingcpp.read_barcodes(document[0].render(scale=2).to_pil())
    assert code.text == f"{live.url}/p/7KQM93".upper()
    return code.text.replace(live.url.upper(), live.url)


def close(ada: Page) -> None:
    ada.goto(consultation_url(ada))
    ada.get_by_role("link", name="Sluit deze ronde").click()
    assert_clean(ada)
    ada.get_by_role("button", name="Sluit de ronde").click()


def look_at_results(live: Live, ada: Page) -> None:
    ada.goto(f"{live.url}/desk/results")
    assert_clean(ada)
    ada.get_by_role("link", name=re.compile(re.escape(TITLE))).first.click()
    expect(ada.locator("main")).to_contain_text("onveilig")
    expect(ada.locator("main img").first).to_be_visible()
    assert_clean(ada)


def read_and_propose(live: Live, ada: Page) -> None:
    """Lay all own words with one signal, by ticking; then propose an answer."""
    ada.goto(f"{live.url}/desk/signals")
    assert_clean(ada)
    wave = db.session.query(Consultation).filter_by(always_open=False).one().waves[0]
    ada.goto(f"{live.url}/desk/signals/read/{wave.id}")
    assert_clean(ada)
    for box in ada.locator("[data-word] input[type=checkbox]").all():
        box.check()
    ada.locator("[name=title_nl]").fill(SIGNAL)
    ada.get_by_role("button", name="Maak dit signaal").last.click()
    expect(ada.locator("main")).to_contain_text(SIGNAL)
    ada.goto(f"{live.url}/desk/decisions")
    assert_clean(ada)
    ada.get_by_role("link", name=re.compile("schoolpoort")).first.click()
    assert_clean(ada)
    ada.locator("label", has_text=re.compile("ja, voor een stuk", re.IGNORECASE)).click()
    ada.locator("[name=what]").fill(WHAT)
    ada.locator("[name=reason]").fill(REASON)
    ada.get_by_role("button", name="Stel dit voor").click()
    expect(ada.locator("main")).to_contain_text("Nog niet openbaar")
    assert_clean(ada)


def decide(live: Live, person: StaffMember) -> None:
    """Ben records what the college decided; without a reason nothing is stored."""
    ben = sign_in(live, person)
    ben.get_by_role("link", name=re.compile("Beslis:")).first.click()
    ben.get_by_role("link", name="Noteer het besluit").click()
    assert_clean(ben)
    ben.locator("[name=reason]").fill(" ")
    ben.locator("[name=changes_practice]").check()
    ben.get_by_role("button", name="Noteer dit besluit").click()
    expect(ben.locator(".field-error").first).to_be_visible()
    assert_clean(ben)
    ben.locator("[name=reason]").fill(REASON)
    ben.get_by_role("button", name="Noteer dit besluit").click()
    expect(ben.locator("main")).to_contain_text(WHAT)
    assert_clean(ben)


def tell_back(live: Live, ada: Page) -> None:
    ada.goto(f"{live.url}/desk/messages")
    assert_clean(ada)
    ada.get_by_role("link", name=re.compile("Schrijf")).first.click()
    assert_clean(ada)
    ada.locator("textarea[name$=you_will_see]").first.fill("De paaltjes komen in mei.")
    ada.get_by_role("button", name="Bewaar en lees na").click()
    assert_clean(ada)
    ada.get_by_role("button", name="Nagelezen").click()
    ada.get_by_role("button", name="Vertel het").click()
    expect(ada.locator("main")).to_contain_text("Verteld")
    assert_clean(ada)


def prove(live: Live, person: StaffMember, tmp_path: Path) -> None:
    """The coordinator has the Word document made, and it names the decision and its reason."""
    cora = sign_in(live, person)
    cora.goto(f"{live.url}/desk/evidence")
    assert_clean(cora)
    cora.get_by_role("button", name="Maak het dossier").click()
    jobs.run_all()
    cora.goto(cora.url)
    assert_clean(cora)
    with cora.expect_download() as download:
        cora.get_by_role("link", name="Download het Word-document").click()
    file = tmp_path / "bewijs.docx"
    download.value.save_as(file)
    document = docx.Document(str(file))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    words = " ".join([paragraph.text for paragraph in document.paragraphs] + cells)
    for text in (SIGNAL, WHAT, REASON):
        assert text in words
