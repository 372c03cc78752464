"""What programs of communities ask for: the ballot, sending a rating, suggestions; and who has rated."""

from starlette.responses import Response

from scorecard.messages.rating import NONE
from scorecard.pipeline.assessing import Rating
from scorecard.pipeline.beijing import beijing
from scorecard.pipeline.proposing import Proposal, Said
from scorecard.portal import api_models_upward as m
from scorecard.portal.api_web import answer, sent
from scorecard.portal.ballots import Count, Line, ballot, own_proposals, progress, say, send
from scorecard.portal.ballots import suggest as make
from scorecard.portal.views_ratings import line_of
from scorecard.portal.views_suggestions import own_proposal
from scorecard.portal.web import Ask
from scorecard.upward import STATE_WORDS


def ratings(ask: Ask) -> Response:
    """Return whom the community is asked about and what it has sent."""
    found, rules = ballot(ask.desk, ask.account), ask.desk.rulebook.upward
    return answer(
        m.Ballot(
            year=ask.desk.year,
            community=found.community.name,
            opens=found.term.opens if found.term else None,
            due=found.term.due if found.term else None,
            closed=found.closed,
            items=[m.Item(code=i.code, name=i.name) for i in (rules.items if rules else ())],
            options=list(dict.fromkeys([*(o.name for o in (rules.options if rules else ())), NONE])),
            units=[_asked(line, line.standing) for line in found.lines],
        )
    )


def rate(ask: Ask) -> Response:
    """Send what the community says about one unit; word for word again, it is what stands."""
    line, said = line_of(ask, ballot(ask.desk, ask.account)), sent(ask, m.Rating)
    return answer(_asked(line, send(ask.desk, ask.account, line.unit, said.answers, said.comment)))


def rated(ask: Ask) -> Response:
    """Return who has rated, and never how."""
    found = progress(ask.desk)
    return answer(m.Progress(communities=_counts(found.communities), rated=_counts(found.rated)))


def suggestions(ask: Ask) -> Response:
    """Return the suggestions that are the account's business."""
    found = own_proposals(ask.desk, ask.account)
    return answer(m.Suggestions(suggestions=[_suggestion(ask, p) for p in found]))


def suggest(ask: Ask) -> Response:
    """Make a suggestion without evidence; word for word again, it is the one that stands."""
    said = sent(ask, m.Proposal)
    return answer(_suggestion(ask, make(ask.desk, ask.account, said.rated, said.card, said.reason, None)))


def withdraw(ask: Ask) -> Response:
    """Withdraw a suggestion that is not decided."""
    found, reason = own_proposal(ask), sent(ask, m.Withdrawal).reason
    words = Said(ask.account.person, ask.desk.today(), reason=reason)
    return answer(_suggestion(ask, say(ask.desk, found.number, "withdraw", words)))


def _asked(line: Line, standing: Rating | None) -> m.Asked:
    return m.Asked(
        key=line.key, name=line.unit.name, kind=line.unit.kind, sent=_sent(standing) if standing else None
    )


def _sent(rating: Rating) -> m.Sent:
    return m.Sent(
        number=rating.number,
        version=rating.version,
        at=beijing(rating.at),
        entry=rating.seq,
        hash=rating.hash,
        answers={code: option or NONE for code, option in rating.answers.items()},
        comment=rating.comment,
    )


def _counts(counts: tuple[Count, ...]) -> list[m.Count]:
    return [m.Count(name=c.name, of=c.of, asked=c.asked, came=c.came) for c in counts]


def _suggestion(ask: Ask, found: Proposal) -> m.Suggestion:
    unit = ask.desk.registry().units.get(found.unit_code)
    return m.Suggestion(
        number=found.number,
        community=unit.name if unit else found.unit_code,
        rated=found.rated,
        card=found.card,
        state=found.state,
        state_name=STATE_WORDS[found.state],
        evidence=found.evidence_name,
        steps=[
            m.Word(
                stage=w.stage,
                state=w.state,
                on=w.on,
                actor=w.actor,
                level=w.level,
                document_no=w.document_no,
                reason=w.reason,
            )
            for w in found.words
        ],
    )
