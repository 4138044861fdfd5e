"""A child's phone, and a questionnaire for every age to answer on it."""

import pytest
from playwright.sync_api import Page

from dialogue.consultations.models import Consultation
from tests.builders import Cast, a_choice, a_consultation, a_place, own_words
from tests.journeys.conftest import Live


@pytest.fixture
def consultation(cast: Cast) -> Consultation:
    a_place(cast.town, code="7KQM93")
    items = [a_choice(), a_choice("q3", "Hoe veilig is het plein?", picture="park"), own_words()]
    return a_consultation(cast.mobility, "Hoe kom jij naar school?", bands="ABCD", items=items, code="NAARSC")


@pytest.fixture
def page(live: Live, consultation: Consultation) -> Page:
    return live.browser_page()
