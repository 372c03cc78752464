"""Sentences about the sealed archive: why one is refused, what differs, what cannot be sealed."""

from typing import Any, Final

REFUSALS: Final = {
    "no_zip": "「{path}」不是完整的归档文件：打不开，可能在传送中被截断或改动，请换一份原件。",
    "large": "归档「{path}」超过{limit}字节的上限，没有打开。",
    "many": "归档「{path}」有{count}个成员，超过上限，没有打开。",
    "link": "归档「{path}」的成员「{member}」是链接或设备，本程序从不这样写，不予打开。",
    "encrypted": "归档「{path}」的成员「{member}」加了密码，本程序从不这样写，不予打开。",
    "packed": "归档「{path}」的成员「{member}」是压缩的，本程序从不压缩（防止解压炸弹），不予打开。",
    "name": "归档「{path}」的成员名「{member}」不是本程序写的（可能要写到别的文件夹），不予打开。",
    "twice": "归档「{path}」里有两个成员同名「{member}」，无法确定以哪个为准，不予打开。",
    "bomb": "归档「{path}」各成员的大小加起来超过文件本身，成员互相重叠，不予打开。",
    "lacks": "归档「{path}」缺少成员「{member}」。",
    "extra": "归档「{path}」多了成员「{member}」，清单里没有。",
    "changed": "归档「{path}」的成员「{member}」被改动过，内容与指纹不符。",
    "between": "归档「{path}」第{place}个字节被改动过（在成员之间的文件头或目录里）。",
    "manifest": "归档「{path}」的清单 manifest.json 读不懂，可能被改动过。",
    "format": "归档「{path}」的格式是第{found}版，本程序只认第{known}版，请用较新的程序核验。",
    "path": "归档「{path}」的清单里文件名「{name}」会写到文件夹之外，不予打开。",
    "places": "归档「{path}」的清单里有两个文件占同一个位置，不予打开。",
    "root": "归档「{path}」的根指纹是 {found}，与给出的 {given} 不同：不是公布的那一份。",
    "root_member": "归档「{path}」的成员「ROOT」与清单不符：清单或 ROOT 被改动过。",
    "bad_root": "--root「{given}」不是根指纹，应是{digits}至64位十六进制数，可以带连字符。",
    "ledger": "归档「{path}」的成员「ledger.jsonl」不是完整的台账：{reason}",
    "no_build": "归档「{path}」里的资料不能重新计算：{reason}",
    "row": "「{member}」第{row}行不同：归档里是「{old}」，重新计算是「{new}」。",
    "end": "「{member}」从第{row}行起，归档和重新计算只有一边有内容。",
    "rest": "此外还有{count}行不同。",
    "counts": "归档里{old}行，重新计算{new}行。",
    "stale": "{year}年度最近一次计算之后，文件、考核办法或决定又有变化，请先运行 scorecard build 再封存。",
    "no_file": "没有找到归档文件「{path}」。",
    "no_key": "没有找到密钥文件「{path}」。",
    "locked_key": "私钥「{path}」设了密码，请先解开密码（openssl pkey -in 私钥 -out 新文件）再签名。",
    "private_key": "「{path}」不是 Ed25519 私钥（PEM），请用 openssl genpkey -algorithm ed25519 生成。",
    "public_key": "「{path}」不是 Ed25519 公钥（PEM），请用 openssl pkey -in 私钥 -pubout 导出。",
    "no_signature": "归档「{path}」旁边没有签名文件「{signature}」，无法核验是谁封存的。",
    "signature": "归档「{path}」的签名「{signature}」与公钥不符：不是这一方签的，或签的不是这一份。",
    "undecided": "{year}年度还有没有决定的申诉（{numbers}），请先作出决定再封存。",
}

# What `seal` says beside the root hash, by what the year is stamped with; ARCHIVED and NONE for themselves.
ROOT_SAID: Final = {
    "定稿": "根指纹（请印在通报上）：{root}",
    "公示": "根指纹：{root}\n本年度还在公示，这一份不是定稿，请不要印在通报上；定稿通报以后再封存一次。",
    "试算": "根指纹：{root}\n本年度现在是“{state}”，这一份是试算结果，请不要印在通报上；"
    "定稿通报以后再封存一次。",
    "ARCHIVED": "根指纹：{root}\n本年度已归档；定稿时封存过、已印在通报上的，以那一份的根指纹为准。",
    "NONE": "根指纹：{root}\n没有登记年度步骤，报告标注“试算”：看不出是否定稿，确已定稿的才印在通报上。",
}
SEALED_STATE: Final = "封存时的状态：{state}（报告标注：{stamp}）。"


def refusal(key: str, **values: Any) -> str:
    """Return the sentence `key` with its values filled in."""
    return REFUSALS[key].format(**values)
