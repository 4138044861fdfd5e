"""Mail by SMTP, to a real server: spelled safely, over TLS, never doubled by us, and clear about what failed."""

import socket
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from flask import Flask

from dialogue.shared.database import writing
from dialogue.shared.mail import Mail, TryLater, Undeliverable, compose, connected
from dialogue.shared.mail_server import MailServer, why_not_server
from tests.duties.mailbox import Mailbox, free_port, only, served

FROM = "dialogue@oudenhove.example"
LONG = f"a@{'x' * 70}.be"


def a_mail(**values: Any) -> Mail:
    words = {
        "key": "reminder:2026-03-12:3",
        "name": "Zoë De Wünsch",
        "address": "zoe@oudenhove.example",
        "subject": "Te laat: 1 belofte",
        "text": "Dag Zoë",
        "html": "<p>Dag Zoë</p>",
        "language": "nl",
    }
    return Mail(**words | values)


def send(url: str, *mails: Mail, patience: float = 5.0) -> None:
    with connected(MailServer(url, FROM), patience) as connection:
        for mail in mails:
            connection.hand_over(compose(mail, FROM, "dialogue.oudenhove.example"))


@pytest.fixture
def box() -> Mailbox:
    return Mailbox()


def test_a_mail_arrives_as_text_and_as_html_with_its_accents(box: Mailbox) -> None:
    with served(box) as at:
        send(f"smtp://{at}", a_mail())
    (mail,) = box.mails
    assert (mail["To"], mail["From"]) == ("Zoë De Wünsch <zoe@oudenhove.example>", f"Dialogue <{FROM}>")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_body(("plain",)).get_content().strip() == "Dag Zoë"
    assert mail.get_body(("html",)).get_content().strip() == "<p>Dag Zoë</p>"


def test_the_same_mail_has_the_same_id_for_ever_and_another_has_another() -> None:
    first, again, other = (compose(a_mail(key=key), FROM, "d.example")["Message-ID"] for key in ("a", "a", "b"))
    assert first == again != other
    assert compose(a_mail(key="a"), FROM, "elsewhere.example")["Message-ID"] != first


@pytest.mark.parametrize(
    "bad", ["x\r\nBcc: thief@evil.example", "x\nX-Evil: 1\n\nbody", "x\0\r\n.\r\nMAIL FROM:<a@b.c>"]
)
def test_nobody_adds_a_header_by_way_of_a_name_or_a_title(box: Mailbox, bad: str) -> None:
    with served(box) as at:
        send(f"smtp://{at}", a_mail(name=bad, subject=bad))
    (mail,) = box.mails
    assert box.envelopes[0].rcpt_tos == ["zoe@oudenhove.example"]
    assert not {"Bcc", "X-Evil"} & set(mail.keys())
    assert mail.get_body(("plain",)).get_content().strip() == "Dag Zoë"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "zoe",
        "zoe@",
        "@x.be",
        "zoe@localhost",
        "a@b.be\r\nRCPT TO:<c@d.be>",
        "a b@c.be",
        "a@b.be,c@d.be",
        "a@" + "x" * 70 + ".be",
    ],
)
def test_what_is_no_address_is_never_handed_over(box: Mailbox, address: str) -> None:
    with served(box) as at, pytest.raises(Undeliverable):
        send(f"smtp://{at}", a_mail(address=address))
    assert box.tries == []


def test_a_domain_with_letters_like_e_acute_is_spelled_for_the_machines(box: Mailbox) -> None:
    with served(box) as at:
        send(f"smtp://{at}", a_mail(address="zoe@liège.be"))
    assert box.envelopes[0].rcpt_tos == ["zoe@xn--lige-6oa.be"]


def test_a_name_with_such_letters_before_the_at_needs_a_server_that_can(box: Mailbox) -> None:
    with served(box) as at, pytest.raises(Undeliverable, match="letters like"):
        send(f"smtp://{at}", a_mail(address="zoë@oudenhove.be"))


def test_an_address_refused_for_good_is_undeliverable_and_others_go_on(box: Mailbox) -> None:
    box.rcpt = lambda address: "550 no such user" if address.startswith("gone") else "250 OK"
    with served(box) as at, connected(MailServer(f"smtp://{at}", FROM)) as connection:
        with pytest.raises(Undeliverable, match="550 no such user"):
            connection.hand_over(compose(a_mail(address="gone@oudenhove.example"), FROM, "d.example"))
        assert connection.is_open
        connection.hand_over(compose(a_mail(), FROM, "d.example"))
    assert len(box.mails) == 1


@pytest.mark.parametrize("when", ["rcpt", "data"])
def test_a_server_that_is_busy_is_tried_later(box: Mailbox, when: str) -> None:
    setattr(box, when, lambda _address: "451 try again")
    with served(box) as at, pytest.raises(TryLater, match="451 try again"):
        send(f"smtp://{at}", a_mail())


def test_a_mail_refused_after_it_was_read_is_undeliverable(box: Mailbox) -> None:
    box.data = lambda _address: "554 looks like spam"
    with served(box) as at, pytest.raises(Undeliverable, match="554"):
        send(f"smtp://{at}", a_mail())


def test_a_line_that_breaks_after_the_mail_was_taken_is_tried_later_with_the_same_id(box: Mailbox) -> None:
    box.drops = 1
    with served(box) as at:
        with pytest.raises(TryLater):
            send(f"smtp://{at}", a_mail())
        send(f"smtp://{at}", a_mail())
    assert len(box.ids) == 2
    assert len(set(box.ids)) == 1


def test_a_server_that_is_not_there_or_hangs_is_tried_later() -> None:
    with pytest.raises(TryLater):
        send(f"smtp://127.0.0.1:{free_port()}", a_mail())
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(TryLater):
        send(f"smtp://127.0.0.1:{silent.getsockname()[1]}", a_mail(), patience=0.2)


def test_mail_is_never_sent_inside_the_write_lock(app: Flask, box: Mailbox) -> None:
    with served(box) as at, connected(MailServer(f"smtp://{at}", FROM)) as connection, writing():
        message = compose(a_mail(), FROM, "d.example")
        with pytest.raises(RuntimeError, match="never sent inside"):
            connection.hand_over(message)
    assert box.mails == []


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate for 127.0.0.1, in one file."""
    import ipaddress

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    moment = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(moment - timedelta(days=1))
        .not_valid_after(moment + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    no_password = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, no_password)
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return context


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))


LOGIN = {"authenticator": only("town", "s3cret"), "auth_required": True}


@pytest.mark.usefixtures("trusted")
def test_mail_goes_over_tls_with_name_and_password(box: Mailbox, tls: ssl.SSLContext) -> None:
    with served(box, tls_context=tls, require_starttls=True, **LOGIN) as at:
        send(f"smtp://town:s3cret@{at}", a_mail())
    with served(box, ssl_context=tls, authenticator=LOGIN["authenticator"], auth_require_tls=False) as at:
        send(f"smtps://town:s3cret@{at}", a_mail())
    assert len(box.mails) == 2


@pytest.mark.usefixtures("trusted")
def test_a_server_that_refuses_our_password_is_tried_later(box: Mailbox, tls: ssl.SSLContext) -> None:
    with served(box, tls_context=tls, **LOGIN) as at, pytest.raises(TryLater, match="SMTPAuthenticationError"):
        send(f"smtp://town:wrong@{at}", a_mail())


def test_a_server_whose_certificate_nobody_vouches_for_gets_nothing(box: Mailbox, tls: ssl.SSLContext) -> None:
    with served(box, tls_context=tls) as at, pytest.raises(TryLater, match="CERTIFICATE_VERIFY_FAILED"):
        send(f"smtp://{at}", a_mail())
    assert box.tries == []


def test_a_password_is_never_sent_in_the_clear(box: Mailbox) -> None:
    open_door = served(box, authenticator=LOGIN["authenticator"], auth_require_tls=False)
    with open_door as at, pytest.raises(TryLater, match="no TLS"):
        send(f"smtp://town:s3cret@{at}", a_mail())


@pytest.mark.parametrize(
    ("url", "sender", "words"),
    [
        ("http://mail.example.be", FROM, "must look like smtp://"),
        ("smtp://", FROM, "must look like smtp://"),
        ("smtp://mail.example.be:99999", FROM, "must look like smtp://"),
        ("smtp://mail.example.be:587", "", "DIALOGUE_MAIL_FROM"),
        ("smtp://mail.example.be:587", "Dialogue <a@b.be>", "DIALOGUE_MAIL_FROM"),
        ("", FROM, "must look like smtp://"),
    ],
)
def test_wrong_settings_say_what_to_do_and_repeat_no_password(url: str, sender: str, words: str) -> None:
    assert words in " ".join(why_not_server(url, sender))
    assert "s3cret" not in " ".join(why_not_server("http://town:s3cret@mail.be", sender))


def test_without_a_mail_server_nothing_is_wrong() -> None:
    assert why_not_server("", "") == []
    assert why_not_server("smtp://mail.example.be:587", FROM) == []
