from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client.parser import text_string_to_metric_families

from live.service.results import Trouble
from live.web.metrics import Metrics
from tests.web.shop import ROOM, Shop, bring, comment, frame, open_shop

if TYPE_CHECKING:
    from pathlib import Path


async def samples(shop: Shop) -> dict[str, float]:
    answer = await shop.client.get(f"{shop.base}/metrics")
    assert answer.headers["Content-Type"].startswith("text/plain")
    families = text_string_to_metric_families(await answer.text())
    return {f"{s.name}{''.join(sorted(s.labels.values()))}": s.value for family in families for s in family.samples}


async def test_a_running_service_is_alive_and_ready_without_any_token(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        for path, status in (("healthz", "alive"), ("readyz", "ready")):
            answer = await shop.client.get(f"{shop.base}/{path}")
            assert (answer.status, await answer.json()) == (200, {"status": status})


async def test_in_trouble_it_is_alive_and_not_ready_and_host_pages_are_told(tmp_path: Path) -> None:
    async with (
        open_shop(tmp_path) as shop,
        shop.events() as host,
        shop.events(token=shop.tokens.overlay) as overlay,
    ):
        await frame(host)
        await frame(overlay)
        shop.service.report(ROOM, Trouble(code="store_unavailable", detail="磁盘满了"))
        told = {"type": "trouble", "code": "store_unavailable", "detail": "磁盘满了"}
        assert await frame(host) == told
        answer = await shop.client.get(f"{shop.base}/readyz")
        assert (answer.status, (await answer.json(content_type=None))["detail"]) == (503, "磁盘满了")
        assert (await shop.client.get(f"{shop.base}/healthz")).status == 200
        async with shop.events() as late:
            assert (await frame(late))["type"] == "snapshot"
            assert await frame(late) == told
        shop.service.report(ROOM, None)
        assert await frame(host) == {"type": "trouble", "code": None, "detail": None}
        await shop.start()
        assert (await frame(overlay))["kind"] == "session_started"


async def test_trouble_with_a_helper_leaves_it_ready_and_gives_way_to_what_stops_the_comments(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop, shop.events() as host:
        await frame(host)
        shop.service.report("[obs]", Trouble(code="obs", detail="OBS 不认密码", stops=False))
        assert (await frame(host))["code"] == "obs"
        assert (await shop.client.get(f"{shop.base}/readyz")).status == 200
        shop.service.report(ROOM, Trouble(code="store_unavailable", detail="磁盘满了"))
        assert (await frame(host))["code"] == "store_unavailable"
        assert (await shop.client.get(f"{shop.base}/readyz")).status == 503
        shop.service.report(ROOM, None)
        assert (await frame(host))["code"] == "obs"
        shop.service.report("[obs]", None)
        assert (await frame(host))["code"] is None


async def test_metrics_count_comments_events_pages_and_sources(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        await bring(shop, [comment("m-1", "晚上好"), comment("m-2", "晚上好呀")])
        async with shop.ingest() as source, shop.events() as page:
            await source.send_str("garbage")
            await frame(source)
            await frame(page)
            counted = await samples(shop)
        assert counted["linbo_comments_totalchatignorenone"] == 2
        assert counted["linbo_events_totalsession_started"] == 1
        assert counted["linbo_ingest_faults_totalinvalid_frame"] == 1
        assert (counted["linbo_pages"], counted["linbo_sources"]) == (1, 1)
        assert counted["linbo_unacknowledged_comments"] == 0
        assert counted["linbo_comment_lag_seconds_count"] >= 1


def test_two_applications_count_apart() -> None:
    one, other = Metrics(lambda: 0), Metrics(lambda: 0)
    one.dropped(3)
    assert one.registry.get_sample_value("linbo_pages_dropped_total") == 3
    assert other.registry.get_sample_value("linbo_pages_dropped_total") == 0
