"""Amounts as people here write them: a point between thousands, a comma before cents, "±" for about."""

import re
from dataclasses import dataclass

from flask_babel import format_decimal
from flask_babel import gettext as _

MOST_CENTS = 10**12  # ten milliard euro
WRITTEN = re.compile(
    r"(?P<about>±|~|\+/-|ca\.?|circa|ongeveer)? ?"
    r"(?:€|eur|euro)? ?"
    r"(?P<whole>[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d{0,2}(?: \d{3})+|\d+)"
    r"(?:,(?P<cents>\d\d|-))? ?"
    r"(?:€|eur|euro)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Amount:
    """An amount of money in cents; `about`: not exactly."""

    cents: int
    about: bool = False


def read_amount(text: str) -> Amount | None:
    """'± € 12.000' as an amount; None where it cannot be read for sure, as 1,200: to some a thousand, to others one."""
    found = WRITTEN.fullmatch(" ".join(text.split()))
    if not found:
        return None
    whole = int(re.sub(r"\D", "", found["whole"]))
    cents = 100 * whole + int((found["cents"] or "0").replace("-", "0"))
    return Amount(cents, bool(found["about"])) if cents <= MOST_CENTS else None


def why_not_amount(text: str) -> list[str]:
    """Reasons why this is no amount (an empty text is fine)."""
    if not text.strip() or read_amount(text):
        return []
    return [_("Schrijf een bedrag zoals € 1.200 of € 1.200,50: een punt bij duizend, een komma voor de centen.")]


def written(amount: Amount | None) -> str:
    """The amount as it is typed in a form, the same in all languages; `read_amount` reads it back."""
    if amount is None:
        return ""
    whole, cents = divmod(amount.cents, 100)
    return f"{'± ' if amount.about else ''}€ {whole:,}".replace(",", ".") + (f",{cents:02}" if cents else "")


def amount_words(amount: Amount) -> str:
    """The amount as the language of the page writes it."""
    number = format_decimal(amount.cents / 100, "#,##0.00" if amount.cents % 100 else "#,##0")
    return f"{'± ' if amount.about else ''}€\N{NO-BREAK SPACE}{number}"
