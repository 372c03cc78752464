"""Ed25519 signatures of an archive's root hash, in a file beside it: who sealed, besides what was sealed.

Keys are PEM files as `openssl genpkey -algorithm ed25519` writes them; the program makes and keeps none.
"""

import base64
import binascii
from pathlib import Path
from typing import TYPE_CHECKING, Final

from scorecard.errors import ArchiveError, UserError
from scorecard.messages.seal import refusal

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

SUFFIX: Final = ".sig"
# What is signed says what it is: the signature of a root hash is good for nothing else.
_PURPOSE: Final = b"scorecard sealed archive, root hash: "


def beside(archive: Path) -> Path:
    """Return where the signature of `archive` lies."""
    return archive.with_name(archive.name + SUFFIX)


def private_key(path: Path) -> "Ed25519PrivateKey":
    """Return the key in the PEM file.

    Raises:
        UserError: There is no such file, it is locked by a password, or holds no private Ed25519 key.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(_pem(path), password=None)
    except TypeError as error:
        raise UserError(refusal("locked_key", path=path)) from error
    except ValueError as error:
        raise UserError(refusal("private_key", path=path)) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise UserError(refusal("private_key", path=path))
    return key


def public_key(path: Path) -> "Ed25519PublicKey":
    """Return the key in the PEM file.

    Raises:
        UserError: There is no such file, or it holds no public Ed25519 key.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        key = load_pem_public_key(_pem(path))
    except ValueError as error:
        raise UserError(refusal("public_key", path=path)) from error
    if not isinstance(key, Ed25519PublicKey):
        raise UserError(refusal("public_key", path=path))
    return key


def sign(root: str, key: "Ed25519PrivateKey") -> bytes:
    """Return the signature of a whole root hash (64 hex digits) as a line of base64; always the same."""
    return base64.b64encode(key.sign(_PURPOSE + root.encode())) + b"\n"


def check(archive: Path, root: str, key: "Ed25519PublicKey") -> None:
    """Hold the signature beside `archive` against its root hash.

    Raises:
        ArchiveError: It is missing, or not by this key over this root hash.
    """
    from cryptography.exceptions import InvalidSignature

    path = beside(archive)
    if not path.is_file():
        raise ArchiveError(refusal("no_signature", path=archive.name, signature=path.name))
    try:
        key.verify(base64.b64decode(path.read_bytes().strip(), validate=True), _PURPOSE + root.encode())
    except (InvalidSignature, binascii.Error) as error:
        raise ArchiveError(refusal("signature", path=archive.name, signature=path.name)) from error


def _pem(path: Path) -> bytes:
    if not path.is_file():
        raise UserError(refusal("no_key", path=path))
    return path.read_bytes()
