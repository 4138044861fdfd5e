"""Reading mail that came back: which mail, whom it did not reach and why; everything else is left alone."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dialogue.shared.bounces import MOST_BYTES, Bounce, read_bounce

OURS = "<0123@dialoog.oudenhove.example>"
POSTFIX = """\
From: MAILER-DAEMON@mail.example.be (Mail Delivery System)
To: dialogue@oudenhove.example
Subject: Undelivered Mail Returned to Sender
Message-Id: <4X@mail.example.be>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.be
Arrival-Date: Fri, 20 Nov 2026 07:00:01 +0100

Final-Recipient: rfc822; ben@elsewhere.example
Original-Recipient: rfc822;ben@oudenhove.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <ben@oudenhove.example>: User
    unknown

--B
Content-Type: message/rfc822

Return-Path: <dialogue@oudenhove.example>
From: Dialogue <dialogue@oudenhove.example>
To: Ben <ben@oudenhove.example>
Subject: Herinnering
Message-ID: <0123@dialoog.oudenhove.example>

Dag Ben,
--B--
"""


def read(text: str = POSTFIX) -> Bounce | None:
    return read_bounce(text.encode())


def test_the_mail_the_address_and_the_words_of_the_server_are_read() -> None:
    said = "550 5.1.1 <ben@oudenhove.example>: User unknown"
    assert read() == Bounce(OURS, "ben@oudenhove.example", said)


def test_one_that_holds_only_the_headers_of_our_mail_is_read_too() -> None:
    bounce = read(POSTFIX.replace("message/rfc822", "text/rfc822-headers"))
    assert bounce is not None
    assert bounce.message_id == OURS


def test_without_an_original_address_the_last_one_is_told() -> None:
    bounce = read(POSTFIX.replace("Original-Recipient: rfc822;ben@oudenhove.example\n", ""))
    assert bounce is not None
    assert bounce.address == "ben@elsewhere.example"


def test_of_several_addresses_the_one_that_failed_counts() -> None:
    delayed = "Final-Recipient: rfc822; zoe@oudenhove.example\nAction: delayed\nStatus: 4.4.1\n\n"
    bounce = read(POSTFIX.replace("Final-Recipient", f"{delayed}Final-Recipient"))
    assert bounce is not None
    assert bounce.address == "ben@oudenhove.example"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Action: failed", "Action: delayed"),
        ("Action: failed", "Action: relayed"),
        ("Status: 5.1.1", "Status: 4.2.2"),
        ("message/delivery-status", "text/plain"),
        ("Message-ID: <0123@dialoog.oudenhove.example>\n", ""),
    ],
    ids=["a delay", "passed on", "not for good", "no report", "no mail of anybody"],
)
def test_what_does_not_say_that_a_mail_failed_for_good_is_left_alone(old: str, new: str) -> None:
    assert read(POSTFIX.replace(old, new)) is None


def test_an_answer_of_somebody_is_left_alone() -> None:
    answer = f"From: ben@oudenhove.example\nSubject: Re: Herinnering\nIn-Reply-To: {OURS}\nMessage-ID: {OURS}\n\nWeg."
    assert read(answer) is None


def test_a_notice_of_any_size_is_read_by_its_beginning() -> None:
    assert read_bounce(POSTFIX.encode() + b"x" * MOST_BYTES * 2) == read()


@given(st.binary(max_size=3000))
@example(b"Content-Type: message/delivery-status\n\n\xff\xfe: \x00")
def test_no_bytes_at_all_make_it_stumble(noise: bytes) -> None:
    assert read_bounce(noise) is None


@given(st.integers(0, len(POSTFIX)), st.integers(0, 200), st.binary(max_size=40))
def test_a_damaged_notice_tells_the_truth_or_nothing(at: int, cut: int, noise: bytes) -> None:
    raw = POSTFIX.encode()
    found = read_bounce(raw[:at] + noise + raw[at + cut :])
    assert found is None or ("\n" not in f"{found.message_id}{found.address}{found.said}")
