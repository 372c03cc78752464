"""One function per command: call the pipeline, print, return the exit code."""

import argparse
import shlex
import sys
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scorecard.cli import output
from scorecard.cli.appeal import appeal_decide as appeal_decide
from scorecard.cli.appeal import appeal_open as appeal_open
from scorecard.cli.appeal import appeal_show as appeal_show
from scorecard.cli.appeal import seal as seal
from scorecard.cli.appeal import verify as verify
from scorecard.cli.backup import backup as backup
from scorecard.cli.backup import restore as restore
from scorecard.cli.files import format_of, refuse_out, save
from scorecard.cli.ledger import ledger_move as ledger_move
from scorecard.cli.ledger import ledger_show as ledger_show
from scorecard.cli.ledger import ledger_verify as ledger_verify
from scorecard.cli.plea import plea_ask as plea_ask
from scorecard.cli.plea import plea_decide as plea_decide
from scorecard.cli.plea import plea_list as plea_list
from scorecard.cli.plea import plea_propose as plea_propose
from scorecard.cli.progress import Bars
from scorecard.cli.push import push as push
from scorecard.cli.release import charts as charts
from scorecard.cli.release import pdf as pdf
from scorecard.cli.release import release_diff as release_diff
from scorecard.cli.serve import serve as serve
from scorecard.cli.store import store_move as store_move
from scorecard.cli.store import store_verify as store_verify
from scorecard.cli.year import cycle_advance as cycle_advance
from scorecard.cli.year import cycle_show as cycle_show
from scorecard.cli.year import submission_list as submission_list
from scorecard.cli.year import submission_step as submission_step
from scorecard.errors import Exit, UserError

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorecard.checks import CheckResult
    from scorecard.findings import Finding
    from scorecard.pipeline.listed import ListRequest
    from scorecard.publish import Edition

_EDITIONS: "dict[str, Edition]" = {"internal": "内部版", "public": "公示版"}


def build(arguments: argparse.Namespace) -> Exit:
    """Build and publish; print the summary. 0 when a report was made, whatever the findings say."""
    from scorecard.pipeline.basis import Request
    from scorecard.pipeline.build import build as build_report
    from scorecard.pipeline.summary import render

    started = time.monotonic()
    _refuse_early(arguments)
    request = Request(
        data=arguments.data,
        year=arguments.year,
        out=arguments.out,
        rulebook=arguments.rulebook,
        as_of=arguments.as_of,
        home=arguments.home,
        edition=_EDITIONS[arguments.edition],
        against=arguments.against,
        language=arguments.lang,
    )
    with Bars(quiet=arguments.quiet or arguments.json) as bars:
        summary = build_report(request, now=output.now(), progress=bars)
    if arguments.json:
        _print_json(summary.record())
    elif not arguments.quiet:
        print(render(summary, time.monotonic() - started))
        print(_verify_command(arguments, summary.ledger_head))
    return Exit.OK


def _refuse_early(arguments: argparse.Namespace) -> None:
    """Refuse what would only be found out after the work, or not at all."""
    from scorecard.publish import refuse_among, refuse_other_edition, refuse_other_language, refuse_taken
    from scorecard.publish.published import published

    if arguments.as_of is not None and arguments.as_of < date(arguments.year, 1, 1):
        raise UserError(
            f"--as-of {arguments.as_of} 早于{arguments.year}年1月1日：{arguments.year}年度那时还没有开始。"
        )
    if arguments.out is not None:
        refuse_among(arguments.out, [arguments.data, arguments.home or arguments.data])
        refuse_taken(arguments.out)
        refuse_other_edition(arguments.out, _EDITIONS[arguments.edition])
        refuse_other_language(arguments.out, arguments.lang)
    if arguments.against is not None:
        published(arguments.against)


def _verify_command(arguments: argparse.Namespace, head: str) -> str:
    """Return the command that finds out later whether the ledger still has all that it has now."""
    from scorecard.pipeline.queries import SHORT_HEAD

    words = ["scorecard", "ledger", "verify", "--data", str(arguments.data)]
    words += ["--home", str(arguments.home)] if arguments.home else []
    return f"日后核验台账（请抄存）：{shlex.join([*words, '--head', head[:SHORT_HEAD]])}"


def check(arguments: argparse.Namespace) -> Exit:
    """Say everything that is wrong with files. 1 when something blocks."""
    from scorecard.checks import Options, render_json, render_text
    from scorecard.pipeline.check import CheckRequest, check_files
    from scorecard.pipeline.folder import in_folders

    files = in_folders(arguments.files)
    fmt = format_of(arguments.format, arguments.out, ("xlsx", "json"))
    if fmt == "xlsx" and (arguments.out is None or len(files) > 1):
        raise UserError("xlsx 格式一次标注一个文件，请用 --out 指定写到哪里。")
    refuse_out(arguments.out, fmt, files)
    request = CheckRequest(
        files=files,
        data=arguments.data,
        year=arguments.year,
        rulebook=arguments.rulebook,
        street=arguments.street,
        party=arguments.party,
        encoding=arguments.encoding,
        options=Options(arguments.sheet, arguments.header_row, _mapping(arguments.map)),
        keep_cells=fmt == "xlsx",
        remember=arguments.remember,
    )
    results = check_files(request)
    if arguments.remember:
        print(
            "已记入 decisions 里的表头对应、读取办法，以后检查和计分都照此读取，可以直接修改。",
            file=sys.stderr,
        )
    if fmt == "xlsx":
        _write_marked(results[0], files[0].read_bytes(), arguments.out)
    elif fmt == "json":
        _write(output.as_json([render_json(r) for r in results]), arguments.out)
    else:
        _write("\n\n".join(render_text(r) for r in results) + "\n", arguments.out)
    return Exit.BLOCKED if any(r.blocked for r in results) else Exit.OK


def _mapping(decisions: list[str]) -> dict[str, str]:
    """Return `列=指标` as a mapping; a header may hold an equals sign, a target cannot."""
    mapping: dict[str, str] = {}
    for decision in decisions:
        source, equals, target = (part.strip() for part in decision.replace("＝", "=").rpartition("="))
        if not (equals and source and target):
            raise UserError(f"--map 的写法是“列=指标”，例如 F=已走访户数；「{decision}」不是这样写的。")
        if mapping.setdefault(source, target) != target:
            raise UserError(f"--map 给列「{source}」指定了两个目标，请只留一个。")
    return mapping


def _write_marked(result: "CheckResult", original: bytes, out: Path) -> None:
    from scorecard.sheets import annotated

    save(annotated(result, original), out)
    errors = sum(f.severity == "error" for f in result.findings)
    print(f"已写出标注的工作簿：{out}（问题{len(result.findings)}处，其中错误{errors}处）。", file=sys.stderr)


def template(arguments: argparse.Namespace) -> Exit:
    """Write the pre-filled form that a street or a department fills in."""
    from scorecard.pipeline.forms import TemplateRequest, make_template

    refuse_out(arguments.out, "xlsx")
    made, what = make_template(
        TemplateRequest(
            data=arguments.data,
            year=arguments.year,
            rulebook=arguments.rulebook,
            street=arguments.street,
            party=arguments.party,
            form=arguments.form,
        )
    )
    save(made, arguments.out)
    print(f"已写出填报模板：{arguments.out}；{what}。", file=sys.stderr)
    return Exit.OK


def survey(arguments: argparse.Namespace) -> Exit:
    """Turn survey files into rates with their uncertainty. 1 when something is in error."""
    from scorecard.pipeline.survey import SurveyRequest, survey_files
    from scorecard.survey import facts_csv, render_json, render_text

    fmt = format_of(arguments.format, arguments.out, ("json", "csv"))
    refuse_out(arguments.out, fmt, arguments.files)
    report = survey_files(SurveyRequest(arguments.files, arguments.data, arguments.year))
    if fmt == "json":
        _write(output.as_json(render_json(report)), arguments.out)
    elif fmt == "text":
        _write(render_text(report), arguments.out)
    else:
        _write(facts_csv(report.facts), arguments.out)
        for finding in report.findings:
            print(
                f"{finding.severity.label}：《{finding.file}》{finding.message}{finding.fix}", file=sys.stderr
            )
    return Exit.BLOCKED if report.blocked else Exit.OK


def read(arguments: argparse.Namespace) -> Exit:
    """Show what intake saw. 1 when the file was refused."""
    from scorecard.cli.show import document_record, document_text
    from scorecard.intake import read as read_file

    if not arguments.file.is_file():
        raise UserError(f"没有找到文件「{arguments.file}」。")
    document = read_file(arguments.file, encoding=arguments.encoding)
    text = (
        output.as_json(document_record(document)) if arguments.format == "json" else document_text(document)
    )
    _write(text, None)
    return Exit.OK if document.sheets else Exit.BLOCKED


def scores(arguments: argparse.Namespace) -> Exit:
    """Export score rows and ranks of the last build."""
    from scorecard.pipeline.export import export_scores

    if arguments.format == "parquet" and arguments.out is None:
        raise UserError("parquet 格式请用 --out 指定文件。")
    exported = export_scores(
        arguments.data, arguments.year, arguments.home, table=arguments.table, fmt=arguments.format
    )
    if arguments.out is None:
        sys.stdout.write(exported.decode("utf-8"))
    else:
        save(exported, arguments.out)
    return Exit.OK


def tasks(arguments: argparse.Namespace) -> Exit:
    """Print a table of tasks, plans or issues; what is wrong with their files goes to stderr."""
    from scorecard.pipeline.listed import task_table

    return _listed(arguments, task_table)


def upward(arguments: argparse.Namespace) -> Exit:
    """Print a table of ratings or suggestions; what is wrong with their files goes to stderr."""
    from scorecard.pipeline.listed import upward_table

    return _listed(arguments, upward_table)


def _listed(
    arguments: argparse.Namespace, table: "Callable[[ListRequest], tuple[bytes, list[Finding]]]"
) -> Exit:
    from scorecard.pipeline.listed import ListRequest

    made, findings = table(
        ListRequest(
            data=arguments.data,
            year=arguments.year,
            table=arguments.table,
            fmt=arguments.format,
            rulebook=arguments.rulebook,
            as_of=arguments.as_of,
        )
    )
    _write(made.decode("utf-8"), arguments.out)
    for f in findings:
        place = f"《{f.file}》" if f.file else ""
        print(f"{f.severity.label}：{place}{f.message}{f.fix}", file=sys.stderr)
    return Exit.OK


def explain(arguments: argparse.Namespace) -> Exit:
    """Print the chain from the total to the source cell."""
    from scorecard.pipeline.queries import example_with, explain

    data = arguments.data
    if data is None and arguments.home is not None:
        raise UserError("--home 要和 --data 一起写。")
    if data is None:
        data = example_with(arguments.unit, arguments.year)
        print(f"没有写 --data，用示例 {data}。", file=sys.stderr)
    if arguments.change or arguments.reach:
        print(_insight(arguments, data))
        return Exit.OK
    print(explain(data, arguments.year, arguments.home, arguments.unit, arguments.indicator))
    return Exit.OK


def _insight(arguments: argparse.Namespace, data: Path) -> str:
    from scorecard.pipeline.insight import explain_change, explain_reach

    if arguments.indicator is not None:
        raise UserError("--change 和 --reach 说的是整个单位，请不要再写指标编码。")
    asked = explain_change if arguments.change else explain_reach
    return asked(data, arguments.year, arguments.home, arguments.unit)


def watch(arguments: argparse.Namespace) -> Exit:
    """Print what is worth a second look. 0 whatever it says: it never blocks."""
    from scorecard.pipeline.insight import watch, watch_lines

    findings = watch(arguments.data, arguments.year, arguments.home)
    if arguments.json:
        _print_json([finding.record() for finding in findings])
    else:
        print("\n".join(watch_lines(findings)))
    return Exit.OK


def rulebook_lint(arguments: argparse.Namespace) -> Exit:
    """List every problem of a rulebook. 1 when one of them is an error."""
    from scorecard.rulebook import find_rulebook
    from scorecard.rulebook.lint import lint
    from scorecard.rulebook.loader import beside

    folder = find_rulebook(arguments.rulebook, arguments.year)
    problems = [*lint(folder), *beside(folder)]
    errors = sum(1 for p in problems if p.severity == "error")
    if arguments.format == "json":
        _print_json(
            [{"file": p.file, "key": p.key, "severity": p.severity, "message": p.message} for p in problems]
        )
    else:
        for p in problems:
            place = "：".join(part for part in (p.file, p.key, p.message) if part)
            print(f"{'错误' if p.severity == 'error' else '警告'} {place}")
        print(f"共{errors}处错误、{len(problems) - errors}处警告。" if problems else "没有发现问题。")
    return Exit.BLOCKED if errors else Exit.OK


def rulebook_show(arguments: argparse.Namespace) -> Exit:
    """Print a rulebook as a person reads it."""
    from scorecard.rulebook import find_rulebook, load_rulebook
    from scorecard.rulebook.show import show

    print(show(load_rulebook(find_rulebook(arguments.rulebook, arguments.year))))
    return Exit.OK


def rulebook_diff(arguments: argparse.Namespace) -> Exit:
    """Print what an amendment changes. 1 when one edition number stands for two contents."""
    from scorecard.pipeline.amendment import compare, effect
    from scorecard.rulebook.diff import render
    from scorecard.rulebook.editions import clash

    if (arguments.data is None) != (arguments.year is None):
        raise UserError("--data 和 --year 要一起写：要看哪个文件夹、哪个年度的结果。")
    books = compare(arguments.old, arguments.new)
    print("\n".join(render(*books)))
    if arguments.data is not None:
        print("\n".join(effect(arguments.old, arguments.new, arguments.data, arguments.year)))
    if said := clash(*books):
        print(f"错误 {said}。", file=sys.stderr)
    return Exit.BLOCKED if said else Exit.OK


def _print_json(value: Any) -> None:
    sys.stdout.write(output.as_json(value))


def _write(text: str, out: Path | None) -> None:
    if out is None:
        sys.stdout.write(text)
    else:
        save(text.encode(), out)
