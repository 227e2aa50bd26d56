"""Secrets: a key file beside the database, and tokens that are stored only as hashes (decisions.md, Personal tokens)."""

import base64
import hashlib
import hmac
import os
import secrets
from pathlib import Path
from typing import cast

from flask import Flask, current_app

EXTENSION = "key"
KEY_BYTES = 32
TOKEN_BYTES = 20  # 160 bits


def load_or_create_key(data_dir: Path) -> bytes:
    """The installation's key; made once, readable by its owner only. Two processes starting together agree."""
    path = data_dir / "secret.key"
    data_dir.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(descriptor, "wb") as file:
        key = secrets.token_bytes(KEY_BYTES)
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    return key


def init_app(app: Flask, key: bytes) -> None:
    """Keep the key with the application and derive Flask's own secret from it."""
    app.extensions[EXTENSION] = key
    app.config["SECRET_KEY"] = derive(key, "flask").hex()


def derive(key: bytes, purpose: str) -> bytes:
    """A key for one purpose only."""
    return hmac.digest(key, f"isole-di-wendy:{purpose}".encode(), "sha256")


def personal_token(purpose: str, subject: str, generation: int) -> str:
    """32 lowercase base32 characters: HMAC-SHA256 of the subject, cut to 160 bits. Never stored."""
    key = derive(cast(bytes, current_app.extensions[EXTENSION]), purpose)
    digest = hmac.digest(key, f"{subject}:{generation}".encode(), "sha256")[:TOKEN_BYTES]
    return base64.b32encode(digest).decode().lower()


def personal_code(purpose: str, subject: str) -> str:
    """Six digits for one purpose and subject, to be typed within few tries; never stored."""
    key = derive(cast(bytes, current_app.extensions[EXTENSION]), purpose)
    number = int.from_bytes(hmac.digest(key, subject.encode(), "sha256")[:8], "big")
    return f"{number % 1_000_000:06d}"


def random_token() -> str:
    """32 lowercase base32 characters (160 bits) for sessions and sign-in links."""
    return base64.b32encode(secrets.token_bytes(TOKEN_BYTES)).decode().lower()


def token_hash(token: str) -> str:
    """What the database keeps instead of a token: SHA-256 in hex."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
