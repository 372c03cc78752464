"""Every operation of the interface for programs, with its right and what the document says of it."""

from typing import Final

from scorecard.portal import api_models as m
from scorecard.portal import api_models_correct as mc
from scorecard.portal import api_models_upward as mu
from scorecard.portal import (
    openapi,
    views_api_correct,
    views_api_files,
    views_api_street,
    views_api_upward,
    views_street,
)
from scorecard.portal.access import Right
from scorecard.portal.api_web import BYTES, Call
from scorecard.portal.views_street import XLSX
from scorecard.portal.web import FORM_BYTES
from scorecard.settings import LIMITS

_UPLOAD: Final = "/uploads/{sha256}"
_FILE: Final = "/files/{number}"

CALLS: Final[list[Call]] = [
    Call(
        "/openapi.json", "GET", lambda _ask: openapi.response(CALLS), None, "本接口的说明", {200: m.Document}
    ),
    Call("/task", "GET", views_api_street.task, Right.TASK, "填报任务：时限、各表、各社区", {200: m.Task}),
    Call("/templates/{form}", "GET", views_street.template, Right.TASK, "下载填报模板", {200: XLSX}),
    Call(
        _UPLOAD,
        "PUT",
        views_api_street.upload,
        Right.TASK,
        "上传一份报表并检查；同一份再传，还是那一份",
        {200: m.Upload, 201: m.Upload},
        BYTES,
        {"name": "文件名，只用来显示"},
        LIMITS.max_bytes + FORM_BYTES,
    ),
    Call(_UPLOAD, "GET", views_api_street.upload_seen, Right.TASK, "看上传的一份和全部问题", {200: m.Upload}),
    Call(_UPLOAD, "DELETE", views_api_street.upload_drop, Right.TASK, "删除没有提交的一份", {204: None}),
    Call(
        f"{_UPLOAD}/reading",
        "PUT",
        views_api_street.upload_reading,
        Right.TASK,
        "指定工作表、表头行、编码、列的对应",
        {200: m.Upload},
        m.Reading,
    ),
    Call(
        f"{_UPLOAD}/submit",
        "POST",
        views_api_street.upload_submit,
        Right.TASK,
        "提交，得到回执；再提交，还是那一份回执",
        {200: m.Receipt, 201: m.Receipt},
        m.Submission,
    ),
    Call(
        f"{_UPLOAD}/cells",
        "GET",
        views_api_correct.cells,
        Right.TASK,
        "上传的一份里要更正的各格",
        {200: mc.FailingCells},
    ),
    Call(
        f"{_UPLOAD}/cells",
        "POST",
        views_api_correct.cells_sent,
        Right.TASK,
        "逐格更正，得到更正后的一份；原样再发，还是那一份",
        {200: m.Upload, 201: m.Upload},
        mc.NewCells,
        most=LIMITS.max_bytes,
    ),
    Call(
        f"{_UPLOAD}/patch",
        "GET",
        views_api_correct.patch,
        Right.TASK,
        "下载更正表，填“改为”一列",
        {200: XLSX},
    ),
    Call(
        "/uploads/{base}/patches/{sha256}",
        "PUT",
        views_api_correct.patch_sent,
        Right.TASK,
        "按填好的更正表（以它的 SHA-256 为名）更正，得到更正后的一份；再传，还是那一份",
        {200: m.Upload, 201: m.Upload},
        BYTES,
        {"name": "更正表的文件名，只用来显示"},
        LIMITS.max_bytes + FORM_BYTES,
    ),
    Call(
        f"{_UPLOAD}/points",
        "GET",
        views_api_correct.upload_points,
        Right.TASK,
        "试算：这一份给各社区各项的分，没有总分和名次",
        {200: mc.Points},
    ),
    Call("/files", "GET", views_api_files.files, Right.FILES, "报送的文件", {200: m.Files}),
    Call("/queue", "GET", views_api_files.queue, Right.FILES, "等本账号办理的文件", {200: m.Files}),
    Call(_FILE, "GET", views_api_files.file, Right.FILES, "一份文件的状态、各步和问题", {200: m.FileDetail}),
    Call(f"{_FILE}/receipt", "GET", views_api_files.receipt, Right.FILES, "回执", {200: m.Receipt}),
    Call(f"{_FILE}/original", "GET", views_api_files.original, Right.FILES, "原件", {200: BYTES}),
    Call(
        f"{_FILE}/points",
        "GET",
        views_api_correct.file_points,
        Right.TASK,
        "试算：报送的一份给各社区各项的分，没有总分和名次",
        {200: mc.Points},
    ),
    Call(
        f"{_FILE}/steps",
        "POST",
        views_api_files.step,
        Right.STEP,
        "办理一步：开始审核、接收、退回、撤回",
        {200: m.FileDetail},
        m.Step,
    ),
    Call(
        "/ratings",
        "GET",
        views_api_upward.ratings,
        Right.RATE,
        "请本社区评的单位、送出的评议",
        {200: mu.Ballot},
    ),
    Call(
        "/ratings/{rated}",
        "PUT",
        views_api_upward.rate,
        Right.RATE,
        "送出对一个单位的评议；原样再送，还是那一版",
        {200: mu.Asked},
        mu.Rating,
    ),
    Call("/rated", "GET", views_api_upward.rated, Right.RATED, "谁评了、评了几个", {200: mu.Progress}),
    Call(
        "/suggestions",
        "GET",
        views_api_upward.suggestions,
        Right.SUGGESTIONS,
        "黄牌和否决建议",
        {200: mu.Suggestions},
    ),
    Call(
        "/suggestions",
        "POST",
        views_api_upward.suggest,
        Right.SUGGEST,
        "提出建议；原样再提，还是那一件",
        {200: mu.Suggestion},
        mu.Proposal,
    ),
    Call(
        "/suggestions/{suggestion}/withdraw",
        "POST",
        views_api_upward.withdraw,
        Right.SUGGEST,
        "撤回建议",
        {200: mu.Suggestion},
        mu.Withdrawal,
    ),
]
