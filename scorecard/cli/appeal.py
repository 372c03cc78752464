"""`scorecard appeal`, `seal` and `verify`: call the pipeline, print, return the exit code."""

import argparse
import shlex
import sys
from typing import Final

from scorecard.cli import output
from scorecard.cli.progress import Bars
from scorecard.errors import Exit
from scorecard.messages.seal import ROOT_SAID, SEALED_STATE

_DATA: Final = ("data", "home")


def appeal_open(arguments: argparse.Namespace) -> Exit:
    """Lodge an appeal; print its number."""
    from scorecard.pipeline.appeal_names import named
    from scorecard.pipeline.appeal_text import lodged_text
    from scorecard.pipeline.folder import DataFolder
    from scorecard.pipeline.lodge import Lodged, lodge

    names = [*_DATA, "year", "unit", "indicator", "receipt", "sheet", "cell"]
    names += ["ground", "statement", "evidence", "actor", "on"]
    appeal, checked = lodge(Lodged(**{name: getattr(arguments, name) for name in names}), now=output.now())
    [told] = named(DataFolder.open(arguments.data, arguments.home), [appeal])
    print(lodged_text(told, checked))
    return Exit.OK


def appeal_decide(arguments: argparse.Namespace) -> Exit:
    """Uphold or reject an appeal and print what changes; with --preview, only what would."""
    from scorecard.pipeline.appeal_text import decided_text, effect_text
    from scorecard.pipeline.decide import Ruling, decide, preview

    names = [*_DATA, "outcome", "decision_no", "decider", "reason", "document", "on", "note"]
    given = {name: getattr(arguments, name) for name in names}
    ruling = Ruling(**given, appeal_no=arguments.appeal, changes=arguments.set, others=arguments.also_other)
    if arguments.preview:
        sys.stdout.write(effect_text(preview(ruling, now=output.now())))
        return Exit.OK
    print(decided_text(decide(ruling, now=output.now())))
    return Exit.OK


def appeal_show(arguments: argparse.Namespace) -> Exit:
    """List appeals, or show one with the effect of its decision."""
    from scorecard.pipeline.appeal_names import listed
    from scorecard.pipeline.appeal_text import effect_text, list_text
    from scorecard.pipeline.effect import effect

    if arguments.appeal is None:
        appeals = listed(arguments.data, arguments.home)
        as_json = arguments.format == "json"
        sys.stdout.write(output.as_json([a.record() for a in appeals]) if as_json else list_text(appeals))
        return Exit.OK
    found = effect(arguments.data, arguments.home, arguments.appeal, now=output.now())
    sys.stdout.write(output.as_json(found.record()) if arguments.format == "json" else effect_text(found))
    return Exit.OK


def seal(arguments: argparse.Namespace) -> Exit:
    """Write a year into one archive; print its root hash."""
    from scorecard.pipeline.seal import seal as seal_year

    with Bars(quiet=False) as bars:
        made = seal_year(
            arguments.data, arguments.year, arguments.home, arguments.out, bars, sign_with=arguments.sign
        )
    print(f"已封存{arguments.year}年度：{made.path}，{made.members}个成员，已由归档重新计算，逐字节相同。")
    said = ROOT_SAID.get(made.state) or ROOT_SAID[made.state.stamp]
    print(said.format(root=made.printed, state=made.state.label))
    if made.signature:
        print(f"签名：{made.signature}（请与归档一起保存）")
    if not made.frozen:
        print("这一年度没有数据冻结的记录，封存的是数据文件夹里现有的文件。")
    print(f"日后核验：{shlex.join(['scorecard', 'verify', str(made.path), '--root', made.printed])}")
    return Exit.OK


def verify(arguments: argparse.Namespace) -> Exit:
    """Recompute an archive and compare it. 1 on any difference."""
    from scorecard.pipeline.verify import verify as verify_archive

    as_json = arguments.format == "json"
    with Bars(quiet=as_json) as bars:
        found = verify_archive(arguments.archive, arguments.root, bars, key=arguments.key)
    if as_json:
        sys.stdout.write(output.as_json(found.record()))
        return Exit.OK if found.ok else Exit.BLOCKED
    if not found.ok:
        print(f"归档核验未通过：{found.differences[0]}", file=sys.stderr)
        for difference in found.differences[1:]:
            print(f"　　{difference}", file=sys.stderr)
        return Exit.BLOCKED
    record = found.record()
    print(f"归档核验通过：{found.year}年度，{found.members}个成员均与指纹一致，重新计算逐字节相同。")
    print(f"根指纹 {record['printed']}；由程序 {found.version} 版封存。")
    print(SEALED_STATE.format(state=found.state.label, stamp=found.state.stamp))
    if not found.same_version:
        print("版本与本程序不同：得分、名次、等次已比对；网页的样子随版本变化，未比对。")
    if found.signed:
        print("签名与公钥相符。")
    if not (arguments.root or found.signed):
        print("没有给出 --root，看不出是不是公布的那一份；请用通报上的根指纹核验。")
    return Exit.OK
