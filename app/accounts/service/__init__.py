"""What people do: sign in and out, receive roles, tell us what does not work for them."""

from app.accounts.service.feedback import give_feedback
from app.accounts.service.people import grant_role, save_person
from app.accounts.service.signing_in import (
    SIGN_IN,
    LinkEnded,
    end_other_sessions,
    end_session,
    forget_ended,
    make_link,
    mark_seen,
    request_link,
    sign_in_code,
    sign_in_person,
    sign_out,
    use_code,
    use_link,
)

__all__ = [
    "SIGN_IN",
    "LinkEnded",
    "end_other_sessions",
    "end_session",
    "forget_ended",
    "give_feedback",
    "grant_role",
    "make_link",
    "mark_seen",
    "request_link",
    "save_person",
    "sign_in_code",
    "sign_in_person",
    "sign_out",
    "use_code",
    "use_link",
]
