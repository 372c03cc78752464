"""Files that come with an appeal or a decision: documents and pictures, told by their first bytes."""

from collections.abc import Mapping
from typing import Final

from starlette.datastructures import UploadFile

from scorecard.errors import UserError
from scorecard.messages.portal_appeals import APPEALING
from scorecard.pipeline.lodge import Attachment
from scorecard.portal.drafts import shown_name
from scorecard.settings import LIMITS

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_KINDS: Final[Mapping[str, tuple[bytes, ...]]] = {
    "pdf": (b"%PDF-",),
    "ofd": (_ZIP,),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "docx": (_ZIP,),
    "xlsx": (_ZIP,),
    "doc": (_OLE,),
    "xls": (_OLE,),
    "wps": (_OLE, _ZIP),
    "et": (_OLE, _ZIP),
}
ACCEPT: Final = ",".join(f".{ending}" for ending in _KINDS)


def attached(what: str, file: UploadFile | None) -> Attachment:
    """Return an uploaded file; nothing opens it here, and it is only ever given back as a download.

    Raises:
        UserError: There is none, it is empty or too large, or it is not of a kind that is taken.
    """
    if file is None or not file.filename:
        raise UserError(APPEALING["file"].format(what=what))
    name = shown_name(file.filename)
    data = file.file.read(LIMITS.max_bytes + 1)
    if not data:
        raise UserError(APPEALING["file"].format(what=what))
    if len(data) > LIMITS.max_bytes:
        raise UserError(
            APPEALING["file_large"].format(what=what, name=name, limit=LIMITS.max_bytes // 1_000_000)
        )
    if not data.startswith(_KINDS.get(name.rpartition(".")[2].lower(), ())):
        kinds = "、".join(_KINDS)
        raise UserError(APPEALING["file_kind"].format(what=what, name=name, kinds=kinds))
    return Attachment(name, data)
