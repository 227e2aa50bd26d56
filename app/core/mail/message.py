"""What a mail is before it is bytes."""

from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from app.core import clock


@dataclass(frozen=True)
class Attachment:
    """A file in a mail: `content_type` such as "text/calendar; method=REQUEST"."""

    filename: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Mail:
    """One rendered mail to one address, in one language."""

    to: str
    subject: str
    text: str
    html: str = ""
    language: str = "it"
    attachments: tuple[Attachment, ...] = ()


def to_email(mail: Mail, *, sender: str, message_id: str) -> EmailMessage:
    """The RFC 5322 message: plain text first, HTML beside it, attachments after; CRLF lines."""
    email = EmailMessage(policy=SMTP)
    email["From"] = sender
    email["To"] = mail.to
    email["Subject"] = " ".join(mail.subject.split())
    email["Date"] = format_datetime(clock.now())
    email["Message-ID"] = message_id
    email["Auto-Submitted"] = "auto-generated"
    email.set_content(mail.text, cte="quoted-printable")
    if mail.html:
        email.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    for attachment in mail.attachments:
        maintype, _, rest = attachment.content_type.partition("/")
        subtype, *parameters = (part.strip() for part in rest.split(";"))
        email.add_attachment(
            attachment.content,
            maintype=maintype,
            subtype=subtype,
            filename=attachment.filename,
            params=dict(parameter.split("=", 1) for parameter in parameters),
        )
    email["Content-Language"] = mail.language  # last: each new part takes the Content-* headers along
    return email
