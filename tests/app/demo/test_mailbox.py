"""Reading the demo's mail: text and links of our own, whatever the files hold."""

import os
from email.message import EmailMessage

import pytest

from app.core.mail.message import Attachment, Mail, to_email
from app.demo import mailbox

OWN = "http://localhost:8000"


def write(folder, name, content, at=None):
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.eml"
    path.write_bytes(content)
    if at is not None:
        os.utime(path, (at, at))


def mail(subject="Posto prenotato", text="Ciao\n", **fields):
    return to_email(
        Mail("amira@example.org", subject, text, **fields), sender="rete@example.org", message_id="<a@b>"
    )


def test_the_newest_letter_comes_first(tmp_path):
    write(tmp_path, "old", mail("Prima").as_bytes(), at=1_000)
    write(tmp_path, "new", mail("Dopo").as_bytes(), at=2_000)
    assert [letter.subject for letter in mailbox.letters(tmp_path)] == ["Dopo", "Prima"]


def test_at_most_a_hundred_letters_are_listed(tmp_path):
    for number in range(105):
        write(tmp_path, f"m{number}", b"Subject: x\n\ny", at=number)
    listed = mailbox.letters(tmp_path)
    assert len(listed) == 100
    assert listed[0].name == "m104"


def test_an_empty_or_missing_folder_is_an_empty_mailbox(tmp_path):
    assert mailbox.letters(tmp_path / "nowhere") == []


def test_only_links_to_our_own_host_become_links(tmp_path):
    text = f"Vedi {OWN}/bookings/abc?lang=it.\nO https://evil.example/x e {OWN}.evil.example/ e http://localhost:80000/"
    write(tmp_path, "m", mail(text=text).as_bytes())
    letter = mailbox.letter(tmp_path, "m", OWN)
    links = [piece.url for line in letter.lines for piece in line if piece.url]
    assert links == ["/bookings/abc?lang=it"]
    assert "https://evil.example/x" in "".join(piece.text for line in letter.lines for piece in line)


@pytest.mark.parametrize("address", [f"{OWN}//evil.example/", f"{OWN}/\\evil.example", f"{OWN}/%2F/x"])
def test_a_link_never_leaves_our_host_by_its_path(address):
    url = next(piece.url for piece in mailbox.pieces(address, OWN) if piece.url)
    assert url.startswith("/")
    assert not url.startswith(("//", "/\\"))


def test_attachments_are_named_with_their_size(tmp_path):
    invitation = Attachment("invito.ics", 'text/calendar; method="REQUEST"', b"BEGIN:VCALENDAR")
    write(tmp_path, "m", mail(attachments=(invitation,)).as_bytes())
    letter = mailbox.letter(tmp_path, "m", OWN)
    assert [(file.name, file.size) for file in letter.enclosures] == [("invito.ics", 15)]


def test_html_is_never_shown(tmp_path):
    email = EmailMessage()
    email["Subject"] = "Solo HTML"
    email.set_content("<script>alert(1)</script>", subtype="html")
    write(tmp_path, "m", email.as_bytes())
    assert mailbox.letter(tmp_path, "m", OWN).lines == ()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\xfe" * 50,
        b"Subject: =?utf-8?b?!!!?=\nTo: <<<>>>\n\nx",
        b"Subject: a\nContent-Type: text/plain; charset=no-such-charset\n\n\xff\xfe",
        b"Content-Type: multipart/mixed\n\nno boundary",
        b"Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n!!!",
        b"Subject: " + b"=?utf-8?q?" * 2_000 + b"\n\nx",
        b"Date: Mon, 99 Foo 2026 99:99\nContent-Language: <script>\n\nx",
        b"To: " + b"(" * 5_000 + b"\n\nx",
        b"Content-Disposition: attachment; filename*=utf-8''%FF%FE\"\n\nx",
    ],
)
def test_a_broken_file_is_a_letter_with_little_in_it(tmp_path, content):
    write(tmp_path, "m", content)
    listed = mailbox.letters(tmp_path)
    assert [letter.name for letter in listed] == ["m"]
    letter = mailbox.letter(tmp_path, "m", OWN)
    assert "<" not in letter.language
    assert letter.sent_at is None or letter.sent_at.tzinfo


@pytest.mark.parametrize("name", ["../secret", "..", "", "a/b", "a%2Fb", ".hidden", "x" * 100, "no-such"])
def test_only_letters_of_the_folder_can_be_read(tmp_path, name):
    (tmp_path / "secret.eml").write_bytes(b"Subject: secret\n\nx")
    folder = tmp_path / "mail"
    write(folder, "m", b"Subject: x\n\ny")
    assert mailbox.letter(folder, name, OWN) is None


def test_bidirectional_tricks_and_control_characters_are_defused(tmp_path):
    write(tmp_path, "m", mail(text="\u202etxt.exe\x07").as_bytes())
    letter = mailbox.letter(tmp_path, "m", OWN)
    shown = "".join(piece.text for line in letter.lines for piece in line)
    assert "\x07" not in shown
    assert shown.count("\u202e") == shown.count("\u202c")


def test_a_very_long_letter_is_cut(tmp_path):
    write(tmp_path, "m", mail(text="a\n" * 100_000).as_bytes())
    letter = mailbox.letter(tmp_path, "m", OWN)
    assert sum(len(piece.text) + 1 for line in letter.lines for piece in line) <= mailbox.MOST_CHARACTERS + 1
