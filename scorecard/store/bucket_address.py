"""The address of a bucket, and the keys to it: the address is written down, the keys never are."""

import configparser
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from scorecard.errors import AwayError, UserError

_FORM: Final = "应像 https://主机/桶/前缀，前缀可以不写"
_BUCKET: Final = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_PART: Final = re.compile(r"(?!\.+$)[A-Za-z0-9._-]+")
_REGION: Final = re.compile(r"[a-z0-9-]{1,40}")
_NEAR: Final = frozenset(("127.0.0.1", "::1", "localhost"))
_REGION_OF_NONE: Final = "us-east-1"  # what servers that have no regions expect in a signature
_ID, _SECRET, _TOKEN = "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"
_FILE, _PROFILE, _TRUST = "AWS_SHARED_CREDENTIALS_FILE", "AWS_PROFILE", "AWS_CA_BUNDLE"


@dataclass(frozen=True, slots=True)
class BucketAddress:
    """Where objects lie: `endpoint` is scheme, host and port; `prefix` may be ""."""

    endpoint: str
    bucket: str
    prefix: str
    region: str

    @classmethod
    def of(cls, text: str) -> "BucketAddress":
        """Return the parts of `https://host/bucket/prefix?region=…`.

        Raises:
            UserError: It has not that form, has keys in it, or would send the evidence openly over a network.
        """
        try:
            url = urlsplit(text)
            host, port = url.hostname, url.port
            asked = dict(parse_qsl(url.query, strict_parsing=True)) if url.query else {}
        except ValueError:
            raise UserError(f"对象存储的地址不对，{_FORM}。") from None
        if url.username is not None or url.password is not None:
            raise UserError(f"对象存储的地址里不写密钥，密钥用环境变量 {_ID} 和 {_SECRET} 给出。")
        if url.scheme not in ("http", "https") or not host:
            raise UserError(f"对象存储的地址不对，{_FORM}。")
        if url.scheme == "http" and host not in _NEAR:
            raise UserError("对象存储不在本机，地址要用 https://，不然留存文件会不加密地经过网络。")
        bucket, *parts = url.path.strip("/").split("/")
        region = asked.pop("region", _REGION_OF_NONE)
        named = _BUCKET.fullmatch(bucket) and all(map(_PART.fullmatch, parts)) and _REGION.fullmatch(region)
        if not named or asked or url.fragment:
            raise UserError(
                f"对象存储的地址不对，{_FORM}；桶名只用小写字母、数字、“-”和“.”，前缀只用字母、数字、“-”“_”“.”，"
                "后面只可以写 ?region=区域。"
            )
        shown = f"[{host}]" if ":" in host else host
        return cls(f"{url.scheme}://{shown}{f':{port}' if port else ''}", bucket, "/".join(parts), region)

    @property
    def written(self) -> str:
        """The address in the one way in which it is written down."""
        region = "" if self.region == _REGION_OF_NONE else f"?region={self.region}"
        return "/".join(filter(None, (self.endpoint, self.bucket, self.prefix))) + region


@dataclass(frozen=True, slots=True)
class Keys:
    """Who we are to the server; a trace or a log never shows it. `trust`: PEM of who vouches for servers."""

    identity: str
    secret: str = field(repr=False)
    token: str = field(default="", repr=False)
    trust: str = field(default="", repr=False)

    @classmethod
    def found(cls, environment: Mapping[str, str] = os.environ) -> "Keys":
        """Return the keys of the environment, or of the file that it names.

        Raises:
            AwayError: There are none, or a file that is named cannot be read.
        """
        given: Mapping[str, str] = environment
        if not environment.get(_ID) and environment.get(_FILE):
            given = _of_file(environment[_FILE], environment.get(_PROFILE) or "default")
        identity, secret = given.get(_ID), given.get(_SECRET)
        if not identity or not secret:
            raise AwayError(
                f"留存文件在对象存储里，缺少密钥，请设环境变量 {_ID} 和 {_SECRET}，"
                f"或用 {_FILE} 指明密钥文件。"
            )
        trust = _text_of(environment[_TRUST], "证书文件") if environment.get(_TRUST) else ""
        return cls(identity, secret, given.get(_TOKEN, ""), trust)


def _of_file(name: str, profile: str) -> dict[str, str]:
    """Return what the section `profile` of a file of keys says, by the names of the environment."""
    parser = configparser.RawConfigParser()
    try:
        parser.read_string(_text_of(name, "密钥文件"))
    except configparser.Error:  # its own words would show a line of the file
        raise AwayError(f"密钥文件「{name}」看不懂，应有 [{profile}] 一节。") from None
    if not parser.has_section(profile):
        raise AwayError(f"密钥文件「{name}」里没有 [{profile}] 一节。")
    return {key.upper(): value for key, value in parser.items(profile)}


def _text_of(name: str, what: str) -> str:
    try:
        return Path(name).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise AwayError(f"{what}「{name}」读不到，请检查路径和权限。") from None
