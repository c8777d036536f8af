from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.obs.protocol import (
    LISTENS_TO,
    TRANSITIONS,
    Ending,
    ObsEvent,
    Op,
    Phase,
    Ready,
    Refused,
    Reply,
    Say,
    StrangeFrame,
    Talk,
    authentication,
)

if TYPE_CHECKING:
    Json = dict[str, Any]

FIXTURES = Path(__file__).resolve().parents[3] / "shared" / "fixtures"
recorded = pytest.mark.skipif(
    not (FIXTURES / "obs_frames.jsonl").exists(), reason="the frames of a real OBS (../shared/fixtures) are not here"
)

HELLO = {"obsWebSocketVersion": "5.1.0", "rpcVersion": 1}
GUARDED = HELLO | {"authentication": {"challenge": "c", "salt": "s"}}


def frame(op: int, **data: object) -> str:
    return json.dumps({"op": op, "d": data})


def talking() -> Talk:
    """A conversation in which requests may be sent."""
    talk = Talk(None)
    talk.hear(frame(0, **HELLO))
    assert talk.hear(frame(2, negotiatedRpcVersion=1)) == Ready()
    return talk


def frames() -> list[Json]:
    with (FIXTURES / "obs_frames.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@recorded
def test_the_password_is_proved_as_a_real_obs_wants_it() -> None:
    vector = json.loads((FIXTURES / "obs_auth_vector.json").read_text(encoding="utf-8"))
    talk = Talk(vector["password"])
    said = talk.hear(json.dumps(vector["hello"]))
    assert isinstance(said, Say)
    assert json.loads(said.text)["d"]["authentication"] == vector["identify"]["d"]["authentication"]
    assert talk.hear(json.dumps(vector["identified"])) == Ready()


def test_the_proof_is_two_rounds_of_sha256() -> None:
    salt, challenge = "glYRp0msySaT1hA0rmVUVW20Rns5/kBIoqZ7R+or3Y8=", "+4OtiC51SUMh4K5Skygj7eXqR90gJJMLWcaHLkHXjr0="
    proof = authentication("companion-test", salt=salt, challenge=challenge)
    assert proof == "qKPrX1AK5Iwr4azNlxXxujNYBFU0B0oBwGU/DquVBbc="


@recorded
def test_every_frame_of_a_real_evening_is_understood_and_every_request_has_its_answer() -> None:
    talk, asked, answered, events = Talk("companion-test"), dict[str, str](), dict[str, Reply](), list[str]()
    evening = frames()
    wrong = next(place for place, each in enumerate(evening) if each["dir"] == "close")
    assert Talk("wrong").closed(evening[wrong]["msg"][0]) is Ending.WRONG_PASSWORD
    heard = talk.hear(json.dumps(evening[0]["msg"]))
    assert isinstance(heard, Say)
    for each in evening[wrong + 1 :]:
        text = json.dumps(each["msg"])
        if each["dir"] == "c" and each["msg"]["op"] == Op.REQUEST:
            data = each["msg"]["d"]
            said = talk.request(id=data["requestId"], kind=data["requestType"], data=data.get("requestData"))
            assert json.loads(said) == each["msg"]
            asked[data["requestId"]] = data["requestType"]
        elif each["dir"] == "s":
            heard = talk.hear(text)
            if isinstance(heard, Reply):
                answered[heard.id] = heard
            elif isinstance(heard, ObsEvent):
                events.append(heard.kind)
    assert answered.keys() == asked.keys()
    failed = {asked[id_]: reply.code for id_, reply in answered.items() if not reply.ok}
    assert failed["PressInputPropertiesButton"] == 600
    assert failed["NoSuchRequest"] == 204
    assert {"ReplayBufferSaved", "RecordStateChanged", "InputCreated"} <= set(events)


def test_without_a_password_obs_is_greeted_without_a_proof() -> None:
    said = Talk("unused").hear(frame(0, **HELLO))
    assert isinstance(said, Say)
    assert json.loads(said.text) == {"op": 1, "d": {"rpcVersion": 1, "eventSubscriptions": LISTENS_TO}}


def test_a_password_that_we_do_not_have_is_not_guessed() -> None:
    for password in (None, ""):
        with pytest.raises(Refused) as refused:
            Talk(password).hear(frame(0, **GUARDED))
        assert refused.value.ending is Ending.NO_PASSWORD


def test_another_version_of_the_protocol_is_refused() -> None:
    talk = Talk(None)
    talk.hear(frame(0, **HELLO))
    with pytest.raises(Refused) as refused:
        talk.hear(frame(2, negotiatedRpcVersion=2))
    assert refused.value.ending is Ending.OTHER_VERSION


@pytest.mark.parametrize(
    ("code", "ending"),
    [
        (4009, Ending.WRONG_PASSWORD),
        (4010, Ending.OTHER_VERSION),
        (4011, Ending.KICKED),
        (4002, Ending.GONE),
        (1006, Ending.GONE),
        (None, Ending.GONE),
    ],
)
def test_a_close_code_says_whether_to_come_back(code: int | None, ending: Ending) -> None:
    talk = talking()
    assert talk.closed(code) is ending
    assert talk.phase is Phase.CLOSED
    with pytest.raises(StrangeFrame):
        talk.request(id="1", kind="GetVersion")


def test_nothing_may_be_asked_before_obs_has_taken_us_in() -> None:
    talk = Talk(None)
    with pytest.raises(StrangeFrame):
        talk.request(id="1", kind="GetVersion")
    talk.hear(frame(0, **HELLO))
    with pytest.raises(StrangeFrame):
        talk.request(id="1", kind="GetVersion")


@pytest.mark.parametrize("op", [0, 1, 2, 6])
def test_a_frame_out_of_place_raises_and_changes_nothing(op: int) -> None:
    talk = talking()
    with pytest.raises(StrangeFrame):
        talk.hear(frame(op, rpcVersion=1, negotiatedRpcVersion=1))
    assert talk.phase is Phase.IDENTIFIED
    assert talk.hear(frame(5, eventType="ExitStarted")) == ObsEvent(kind="ExitStarted")


@pytest.mark.parametrize(
    "text",
    ["", "{", "null", "[]", '{"op":5}', '{"op":"5","d":{}}', '{"op":5,"d":[]}', '{"op":5,"d":{}}', '{"op":7,"d":{}}',
     '{"op":7,"d":{"requestId":"1","requestStatus":{"code":"100"}}}', '{"op":7,"d":{"requestStatus":{"code":100}}}',
     '{"op":5,"d":{"eventType":"x","eventData":7}}', b"\xff\xfe", "[" * 5000],
)  # fmt: skip
def test_rubbish_is_named_as_such(text: str | bytes) -> None:
    talk = talking()
    with pytest.raises(StrangeFrame):
        talk.hear(text)
    assert talk.phase is Phase.IDENTIFIED


def test_a_greeting_that_is_no_greeting_is_strange() -> None:
    for hello in ({"authentication": "yes"}, {"authentication": {"salt": "s"}}):
        talk = Talk("geheim")
        with pytest.raises(StrangeFrame):
            talk.hear(frame(0, **HELLO, **hello))
        assert talk.phase is Phase.CONNECTED


def test_what_a_later_version_adds_is_left_alone() -> None:
    assert talking().hear(frame(99, news=1)) is None


def test_only_identified_leads_anywhere_but_forward() -> None:
    order = list(Phase)
    steps = [(before, after) for before, table in TRANSITIONS.items() for after in table.values()]
    assert all(order.index(after) - order.index(before) in {0, 1} for before, after in steps)
    assert set(TRANSITIONS) == set(Phase)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
DATA = st.dictionaries(
    st.sampled_from(["requestId", "requestStatus", "responseData", "eventType", "eventData", "negotiatedRpcVersion", "x"]),
    JSON | st.fixed_dictionaries({"code": JSON, "result": JSON}),
)  # fmt: skip


@given(op=JSON | st.integers(min_value=0, max_value=9), data=JSON | DATA)
def test_no_json_at_all_breaks_the_talk(op: object, data: object) -> None:
    talk = talking()
    with suppress(StrangeFrame):
        talk.hear(json.dumps({"op": op, "d": data}))
    assert talk.phase is Phase.IDENTIFIED
