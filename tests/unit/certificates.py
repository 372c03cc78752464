"""An authority that vouches for this machine, made anew by each test."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat


def authority(folder: Path) -> tuple[Path, Path, Path]:
    """Write PEM files; return the places of the authority's certificate, this machine's, and its key."""
    own, host = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "district authority")])
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    reach = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))])
    signed = {
        "authority.pem": _certificate(root, own.public_key(), root, own, x509.BasicConstraints(True, None)),
        "host.pem": _certificate(name, host.public_key(), root, own, reach),
    }
    for file, made in signed.items():
        (folder / file).write_bytes(made.public_bytes(Encoding.PEM))
    key = host.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "host.key").write_bytes(key)
    return folder / "authority.pem", folder / "host.pem", folder / "host.key"


def _certificate(
    name: x509.Name,
    public: ec.EllipticCurvePublicKey,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    extension: x509.ExtensionType,
) -> x509.Certificate:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .public_key(public)
        .issuer_name(issuer)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(extension, critical=isinstance(extension, x509.BasicConstraints))
        .sign(key, hashes.SHA256())
    )
