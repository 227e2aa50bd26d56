"""What people do: sign in and out, receive roles, tell us what does not work for them."""

from app.accounts.service.feedback import give_feedback
from app.accounts.service.passkeys import (
    add_passkey,
    ask_device,
    forget_passkeys,
    prove_with_passkey,
    remove_passkey,
    sign_in_with_passkey,
    take_question,
)
from app.accounts.service.people import grant_locked, grant_role, revoke_host, save_person
from app.accounts.service.recovery import renew_recovery_codes, use_recovery_code
from app.accounts.service.signing_in import (
    SIGN_IN,
    LinkEnded,
    end_other_sessions,
    end_session,
    forget_ended,
    make_link,
    mark_seen,
    new_session,
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
    "add_passkey",
    "ask_device",
    "end_other_sessions",
    "end_session",
    "forget_ended",
    "forget_passkeys",
    "give_feedback",
    "grant_locked",
    "grant_role",
    "make_link",
    "mark_seen",
    "new_session",
    "prove_with_passkey",
    "remove_passkey",
    "renew_recovery_codes",
    "request_link",
    "revoke_host",
    "save_person",
    "sign_in_code",
    "sign_in_person",
    "sign_in_with_passkey",
    "sign_out",
    "take_question",
    "use_code",
    "use_link",
    "use_recovery_code",
]
