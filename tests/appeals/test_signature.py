"""Signatures of an archive: by whom, over what, and every way in which one is not good."""

import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from scorecard.errors import ArchiveError, UserError
from scorecard.pipeline.verify import verify
from scorecard.sealed.signature import beside, check, private_key, public_key, sign

ARCHIVE = Path(__file__).parents[1] / "archives" / "2025.zip"
ROOT = "3f" * 32


def keys(folder: Path, name: str, seed: int) -> tuple[Path, Path]:
    """Write a pair of keys, private and public, the same for the same seed."""
    key = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
    private, public = folder / f"{name}.pem", folder / f"{name}.pub.pem"
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    public.write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return private, public


def test_a_signature_is_the_signer_s_over_one_root(tmp_path: Path) -> None:
    """Always the same bytes; good for this root hash and this key alone."""
    private, public = keys(tmp_path, "区", 1)
    _, other = keys(tmp_path, "别人", 2)
    archive = tmp_path / "年.zip"
    signature = sign(ROOT, private_key(private))
    assert signature == sign(ROOT, private_key(private))
    beside(archive).write_bytes(signature)
    check(archive, ROOT, public_key(public))
    for root, key in ((ROOT[:-1] + "e", public), (ROOT, other)):
        with pytest.raises(ArchiveError, match="与公钥不符"):
            check(archive, root, public_key(key))


@pytest.mark.parametrize("spoilt", [b"", b"not base64 at all", b"AAAA\n"])
def test_a_spoilt_signature_is_not_good(tmp_path: Path, spoilt: bytes) -> None:
    """Nor is one of another length."""
    _, public = keys(tmp_path, "区", 1)
    beside(tmp_path / "年.zip").write_bytes(spoilt)
    with pytest.raises(ArchiveError, match="与公钥不符"):
        check(tmp_path / "年.zip", ROOT, public_key(public))


def test_a_missing_signature_is_said(tmp_path: Path) -> None:
    """An archive whose signature was taken away is not silently good."""
    _, public = keys(tmp_path, "区", 1)
    with pytest.raises(ArchiveError, match="旁边没有签名文件"):
        verify_copy(tmp_path, public)


def verify_copy(folder: Path, public: Path) -> None:
    """Verify a copy of the kept archive, without a signature beside it."""
    copy = folder / "年.zip"
    copy.write_bytes(ARCHIVE.read_bytes())
    verify(copy, key=public)


def test_what_is_no_key_is_one_sentence(tmp_path: Path) -> None:
    """A missing file, a key with a password, another kind of key, the public one for the private one."""
    private, public = keys(tmp_path, "区", 1)
    locked = tmp_path / "locked.pem"
    locked.write_bytes(
        private_key(private).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"x"))
    )
    curve = tmp_path / "curve.pem"
    curve.write_bytes(
        generate_private_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    for path, said in (
        (tmp_path / "无.pem", "没有找到密钥文件"),
        (locked, "设了密码"),
        (curve, "不是 Ed25519 私钥"),
        (public, "不是 Ed25519 私钥"),
    ):
        with pytest.raises(UserError, match=said):
            private_key(path)
    with pytest.raises(UserError, match="不是 Ed25519 公钥"):
        public_key(private)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the keys")
def test_keys_of_openssl_are_read(tmp_path: Path) -> None:
    """The documented commands make keys that fit."""
    private, public = tmp_path / "私钥.pem", tmp_path / "公钥.pem"
    subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", private], check=True)
    subprocess.run(["openssl", "pkey", "-in", private, "-pubout", "-out", public], check=True)
    beside(tmp_path / "年.zip").write_bytes(sign(ROOT, private_key(private)))
    check(tmp_path / "年.zip", ROOT, public_key(public))
