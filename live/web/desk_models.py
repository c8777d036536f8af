"""Commands about what comes in as others send them: questions, slips of the finger, who is of the shop, the script."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, JsonValue, model_validator
from pydantic_core import PydanticCustomError

from live.web.command_fields import Id, Line, Model, Name

Answer = Annotated[Line, Field(min_length=1, max_length=100)]
Points = Annotated[list[Annotated[Line, Field(min_length=1, max_length=200)]], Field(max_length=30)]


class AnswerQuestion(Model):
    """A question is answered: without `text` by voice; with it, the answer is shown on the picture (`show`) and may be kept."""

    type: Literal["answer_question"]
    question_id: Id
    text: Answer | None = None
    show: bool | None = None
    keep: bool = False
    seconds: Annotated[int, Field(ge=1, le=600)] = 15

    @model_validator(mode="after")
    def _has_what_it_shows(self) -> AnswerQuestion:
        if self.text is None and (self.keep or self.show):
            raise PydanticCustomError(
                "no_text", "没有写答案 text，就没有东西可以上屏或存下来；口头答的请去掉 keep 和 show"
            )
        return self


class KeepFaq(Model):
    """Keep an answer for every evening; with `faq_id` an earlier one is mended."""

    type: Literal["keep_faq"]
    faq_id: Id | None = None
    question: Annotated[Line, Field(min_length=1, max_length=100)]
    answer: Answer
    offer_id: Id | None = None


class DropFaq(Model):
    """Keep an answer no longer."""

    type: Literal["drop_faq"]
    faq_id: Id


class UndoComment(Model):
    """Take back, within a minute, the tap that has accepted or dismissed a comment."""

    type: Literal["undo_comment"]
    comment_id: Id


class AddHost(Model):
    """A comment's writer is of the shop: their comments never reserve."""

    type: Literal["add_host"]
    comment_id: Id


class RemoveHost(Model):
    """Somebody is not of the shop after all: an id or a name of the session's `hosts`."""

    type: Literal["remove_host"]
    host: Name


class SetAsideComment(Model):
    """Take a comment of this session out of sight on every console."""

    type: Literal["set_aside_comment"]
    comment_id: Id


class BringBackComment(Model):
    """Show a comment again that was set aside."""

    type: Literal["bring_back_comment"]
    comment_id: Id


class SectionModel(Model):
    """A part of the evening: what is said, for how long, and what is launched in it (a command without its answerer)."""

    id: Id
    kind: Literal["opening", "offer", "flash", "bag", "poll", "prompt", "talk", "closing"]
    title: Annotated[Line, Field(max_length=100)] = ""
    offer_id: Id | None = None
    minutes: Annotated[float, Field(gt=0, le=240)] | None = None
    points: Points = Field(default_factory=list)
    launch: dict[str, JsonValue] | None = None


class ScriptModel(Model):
    """The script of the evening, part after part."""

    sections: Annotated[list[SectionModel], Field(max_length=200)]


class UpdateScript(Model):
    """Put another script in the place of this one."""

    type: Literal["update_script"]
    script: ScriptModel


DeskModel = (
    AnswerQuestion
    | KeepFaq
    | DropFaq
    | UndoComment
    | AddHost
    | RemoveHost
    | SetAsideComment
    | BringBackComment
    | UpdateScript
)
"""Every command about what comes in."""
