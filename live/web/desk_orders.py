"""From a checked command about what comes in to an order of the domain."""

from __future__ import annotations

from live.domain import desk_commands as orders
from live.web import desk_models as models


def to_desk(command: models.DeskModel) -> orders.DeskCommand:  # noqa: PLR0911  # a flat table of the union, one line a command
    """Turn a checked command into the domain's."""
    match command:
        case models.AnswerQuestion():
            return _answer_question(command)
        case models.KeepFaq():
            return orders.KeepFaq(
                faq_id=command.faq_id, question=command.question, answer=command.answer, offer_id=command.offer_id
            )
        case models.DropFaq():
            return orders.DropFaq(faq_id=command.faq_id)
        case models.UndoComment():
            return orders.UndoComment(comment_id=command.comment_id)
        case models.AddHost():
            return orders.AddHost(comment_id=command.comment_id)
        case models.RemoveHost():
            return orders.RemoveHost(host=command.host)
        case models.SetAsideComment():
            return orders.SetAsideComment(comment_id=command.comment_id)
        case models.BringBackComment():
            return orders.BringBackComment(comment_id=command.comment_id)
        case models.UpdateScript():
            return orders.UpdateScript(script=command.script.model_dump(mode="json"))


def _answer_question(command: models.AnswerQuestion) -> orders.AnswerQuestion:
    """What is written is shown unless it is said not to be; what is said by voice has nothing to show."""
    return orders.AnswerQuestion(
        question_id=command.question_id,
        text=command.text,
        show=command.text is not None if command.show is None else command.show,
        keep=command.keep,
        seconds=command.seconds,
    )
