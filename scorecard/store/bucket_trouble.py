"""What an S3-compatible server answers when it refuses, in Chinese: by its own codes, never its words."""

import re
from typing import Final

_CODE: Final = re.compile(r"<Code>([A-Za-z]{1,40})</Code>")
_STATUS: Final = re.compile(r"non-2xx status code: (\d{3})")
_CERTIFICATE: Final = re.compile(r"InvalidCertificate\(\s*(\w+)")
_KEYS: Final = "的密钥不对，请检查 AWS_ACCESS_KEY_ID 和 AWS_SECRET_ACCESS_KEY"
_BUCKET: Final = "的桶不存在，请先建好桶"
_REGION: Final = "的区域不对，请在地址后面写 ?region=区域"
_BUSY: Final = "忙不过来，请稍后再试"

_REASONS: Final = {
    "NoSuchBucket": _BUCKET,
    "InvalidBucketName": _BUCKET,
    "AccessDenied": "没有权限，请让管理员给这个密钥读、写、列出这个桶的权限",
    "InvalidAccessKeyId": _KEYS,
    "SignatureDoesNotMatch": _KEYS,
    "AuthorizationHeaderMalformed": _REGION,
    "PermanentRedirect": _REGION,
    "ExpiredToken": "的临时密钥过期了，请换新的",
    "InvalidToken": "的临时密钥不对，请检查 AWS_SESSION_TOKEN",
    "RequestTimeTooSkewed": "的时钟与本机差得太多，请把本机时间校准",
    "SlowDown": _BUSY,
    "ServiceUnavailable": _BUSY,
    "InternalError": "出错，请稍后再试或找它的管理员",
    "EntityTooLarge": "不收这么大的文件，请找它的管理员",
    "XMinioStorageFull": "空间已满，请找它的管理员",
    "QuotaExceeded": "空间已满，请找它的管理员",
}
_UNREACHED: Final = "连不上，请检查地址和网络"
_UNTRUSTED: Final = "的证书不受信任，请用 AWS_CA_BUNDLE 指明签发它的证书"
_EXPIRED: Final = "的证书过期了，或不是给这个主机的，请找它的管理员"


def said_of(text: str) -> str:
    """Return what the client library's `text` of an error means, to be put behind the server's name."""
    code, status = _CODE.search(text), _STATUS.search(text)
    if code and code[1] in _REASONS:
        return _REASONS[code[1]]
    if status and status[1] in ("401", "403"):
        return _KEYS
    if told := code or status:
        return f"不答应（代码 {told[1]}），请找它的管理员"
    if wrong := _CERTIFICATE.search(text):
        return _UNTRUSTED if wrong[1] == "UnknownIssuer" else _EXPIRED
    return _UNREACHED
