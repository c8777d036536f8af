from __future__ import annotations

from nlp.case import Verdict
from nlp.decide import Thresholds, decide
from nlp.model import Guess
from nlp.resolve import Doubt
from nlp.types import Action, Classification, Intent, Op, Route, Stage, Topic

ACTION = Action(op=Op.SET, offer="walnut", variant=None, quantity=1)


def guess(intent: Intent, share: float) -> Guess:
    rest = (1 - share) / (len(Intent) - 1)
    return Guess(intents={each: share if each is intent else rest for each in Intent})


def weigh(verdict: Verdict | None, found: Guess, thresholds: Thresholds | None = None) -> Classification:
    return decide(verdict, found, thresholds or Thresholds(), lambda: Topic.PRICE, is_prompted=False)


def test_a_clear_order_is_booked() -> None:
    found = weigh(Verdict(intent=Intent.BUY, actions=(ACTION,)), guess(Intent.BUY, 0.9))
    assert (found.route, found.actions) == (Route.AUTO, (ACTION,))


def test_a_doubt_sends_it_to_the_host() -> None:
    verdict = Verdict(intent=Intent.BUY, actions=(ACTION,), doubts=frozenset({Doubt.COUNT}))
    found = weigh(verdict, guess(Intent.BUY, 0.9))
    assert (found.route, found.reason) == (Route.CONFIRM, "数量不明，请确认")


def test_what_the_viewer_knows_is_asked_of_the_viewer() -> None:
    verdict = Verdict(intent=Intent.BUY, actions=(ACTION,), doubts=frozenset({Doubt.VARIANT}))
    assert weigh(verdict, guess(Intent.BUY, 0.9)).route is Route.ASK


def test_the_model_overrules_an_unsure_rule() -> None:
    verdict = Verdict(intent=Intent.BUY, actions=(ACTION,), is_firm=False)
    found = weigh(verdict, guess(Intent.QUESTION, 0.95))
    assert (found.intent, found.topic, found.stage) == (Intent.QUESTION, Topic.PRICE, Stage.MODEL)


def test_the_model_does_not_overrule_a_firm_rule() -> None:
    assert weigh(Verdict(intent=Intent.BUY, actions=(ACTION,)), guess(Intent.QUESTION, 0.95)).intent is Intent.BUY


def test_a_higher_threshold_books_less() -> None:
    verdict = Verdict(intent=Intent.BUY, actions=(ACTION,), is_firm=False)
    assert weigh(verdict, guess(Intent.BUY, 0.6), Thresholds(auto=0.99)).route is Route.CONFIRM


def test_without_a_verdict_the_model_never_orders() -> None:
    assert weigh(None, guess(Intent.BUY, 0.99)).intent not in {Intent.BUY, Intent.CHANGE, Intent.CANCEL}
