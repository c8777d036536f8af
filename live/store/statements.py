"""The SQL of the hot path, by name. Handed in as a value, so that a test can hand in others and show what guards do.

`$1` is PostgreSQL's placeholder; SQLite's is `?1`, and `_lite` turns the one into the other, so that what is the same
on both is written once. Rows come and go in the order of the columns in `live.store.tables`.
"""

# ruff: noqa: S608  # every part of every statement is a literal of this module

from __future__ import annotations

from dataclasses import asdict, replace

from live.store import desk_statements
from live.store.stage_statements import STAGE, lite
from live.store.statement_names import Common, PostgresStatements, SqliteStatements

_SESSION = (
    "id, room, title, state, cutoff_at_ms, pickup_at_ms, pickup_points, policy, hosts, started_ms, ended_ms,"
    " pinned_offer_id, script, cycle_id, closed_ms, notice, sources, stage"
)
_OFFER = (
    "session_id, id, place, number, title, aliases, unit, price_fen, quota, per_viewer_limit, case_size, min_quantity,"
    " facts, phase, reserved, waitlisted, case_tolerance, supplier, weighed, picture"
)
_VARIANT = "session_id, offer_id, id, place, name, aliases, quota, reserved"
_PROMPT = "session_id, id, keyword, meaning, ref_id, opened_ms, closes_ms, open"
_RESERVATION = (
    "session_id, id, offer_id, variant_id, viewer_key, viewer_platform, viewer_id, viewer_name, viewer_weak, quantity,"
    " unit_price_fen, state, pickup_code, position, made_ms, changed_ms, comment_id, expires_ms, handled, reason,"
    " collected_ms, weighed_milli, flash_id"
)
_BASKET = (
    "session_id, viewer_key, pickup_code, pickup_point_id, phone_tail, own_bag, bag_points, redeemed_points, changed_ms,"
    " position"
)
_TICKET = (
    "session_id, id, viewer_key, viewer_platform, viewer_id, viewer_name, viewer_weak, text, times, state, opened_ms,"
    " due_ms, answer, promise, changed_ms, comment_id, about, position, answered_ms"
)
_COMMENT = (
    "room, n, session_id, platform, id, viewer_key, viewer_platform, viewer_id, viewer_name, viewer_weak, text, at_ms,"
    " level, badges, classification, route, outcome, reason, received_ms"
)
_EVENT = "room, seq, at_ms, kind, data"
_RESPONSE = "room, key, request, status, body, at_ms"

_UNDRAWN = "SELECT session_id FROM act WHERE kind = 'giveaway' AND data NOT LIKE '%\"state\":\"drawn\"%'"
"""Sessions with a draw that the clock has still to see to."""

_UPSERT_RESERVATION = """
ON CONFLICT (session_id, id) DO UPDATE SET
    offer_id = excluded.offer_id, variant_id = excluded.variant_id, viewer_key = excluded.viewer_key,
    viewer_platform = excluded.viewer_platform, viewer_id = excluded.viewer_id, viewer_name = excluded.viewer_name,
    viewer_weak = excluded.viewer_weak, quantity = excluded.quantity, unit_price_fen = excluded.unit_price_fen,
    state = excluded.state, pickup_code = excluded.pickup_code, position = excluded.position,
    made_ms = excluded.made_ms, changed_ms = excluded.changed_ms, comment_id = excluded.comment_id,
    expires_ms = excluded.expires_ms, handled = excluded.handled, reason = excluded.reason,
    collected_ms = excluded.collected_ms, weighed_milli = excluded.weighed_milli, flash_id = excluded.flash_id
"""


COMMON = Common(
    fence="""
        UPDATE room SET seq = $4, n = $5, session_id = coalesce($6, session_id)
        WHERE name = $1 AND seq = $2 AND n = $3
        RETURNING session_id
    """,
    open_room="""
        INSERT INTO room (name, seq, n, session_id) VALUES ($1, $2, $3, $4)
        ON CONFLICT (name) DO NOTHING
        RETURNING session_id
    """,
    put_session=f"""
        INSERT INTO session ({_SESSION})
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
        ON CONFLICT (id) DO UPDATE SET
            title = excluded.title, state = excluded.state, cutoff_at_ms = excluded.cutoff_at_ms,
            pickup_at_ms = excluded.pickup_at_ms, pickup_points = excluded.pickup_points, policy = excluded.policy,
            hosts = excluded.hosts, started_ms = excluded.started_ms, ended_ms = excluded.ended_ms,
            pinned_offer_id = excluded.pinned_offer_id, script = excluded.script, cycle_id = excluded.cycle_id,
            closed_ms = excluded.closed_ms, notice = excluded.notice, sources = excluded.sources, stage = excluded.stage
    """,
    close_prompts="UPDATE prompt SET open = false WHERE session_id = $1 AND open AND id <> $2",
    put_prompt=f"""
        INSERT INTO prompt ({_PROMPT}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (session_id, id) DO UPDATE SET
            keyword = excluded.keyword, meaning = excluded.meaning, ref_id = excluded.ref_id,
            opened_ms = excluded.opened_ms, closes_ms = excluded.closes_ms, open = excluded.open
    """,
    add_response=f"INSERT INTO response ({_RESPONSE}) VALUES ($1, $2, $3, $4, $5, $6)",
    room="SELECT seq, n, session_id FROM room WHERE name = $1",
    events=f"SELECT {_EVENT} FROM event WHERE room = $1 AND seq > $2 ORDER BY seq LIMIT $3",
    comments_after=f"SELECT {_COMMENT} FROM comment WHERE room = $1 AND n > $2 ORDER BY n LIMIT $3",
    comment=f"SELECT {_COMMENT} FROM comment WHERE room = $1 AND id = $2 ORDER BY n DESC LIMIT 1",
    response=f"SELECT {_RESPONSE} FROM response WHERE room = $1 AND key = $2",
    rooms=f"""
        SELECT DISTINCT room FROM session
        WHERE state = 'running' OR closed_ms IS NULL OR id IN ({_UNDRAWN}) ORDER BY room
    """,
    not_cut_off=f"""
        SELECT id FROM session WHERE room = $1 AND (closed_ms IS NULL OR id IN ({_UNDRAWN}))
            AND id <> coalesce((SELECT session_id FROM room WHERE name = $1), '')
        ORDER BY started_ms
    """,
    unfinished="""
        SELECT id FROM session AS s WHERE room = $1 AND id <> coalesce((SELECT session_id FROM room WHERE name = $1), '')
            AND (closed_ms IS NULL OR EXISTS (
                SELECT 1 FROM reservation AS r WHERE r.session_id = s.id AND r.state IN ('locked', 'ready')
            ))
        ORDER BY started_ms
    """,
    session_of_code="""
        SELECT s.id FROM reservation AS r JOIN session AS s ON s.id = r.session_id
        WHERE s.room = $1 AND r.pickup_code = $2 LIMIT 1
    """,
    session_of_reservation="""
        SELECT s.id FROM reservation AS r JOIN session AS s ON s.id = r.session_id
        WHERE s.room = $1 AND r.id = $2 ORDER BY s.started_ms DESC LIMIT 1
    """,
    session_of_ticket="""
        SELECT s.id FROM ticket AS t JOIN session AS s ON s.id = t.session_id
        WHERE s.room = $1 AND t.id = $2 ORDER BY s.started_ms DESC LIMIT 1
    """,
    session_of_giveaway="""
        SELECT s.id FROM act AS a JOIN session AS s ON s.id = a.session_id
        WHERE s.room = $1 AND a.id = $2 AND a.kind = 'giveaway' LIMIT 1
    """,
    owner_of_code="""
        SELECT s.room, s.id, r.viewer_key FROM reservation AS r JOIN session AS s ON s.id = r.session_id
        WHERE r.pickup_code = $1 LIMIT 1
    """,
    sessions_of_cycle="SELECT room, id FROM session WHERE cycle_id = $1 ORDER BY started_ms, id",
    counter_sessions="""
        WITH mine AS (
            SELECT id, cycle_id FROM session WHERE id IN (SELECT session_id FROM reservation WHERE pickup_code = $3)
            UNION
            SELECT id, cycle_id FROM session AS s WHERE room = $1 AND (
                closed_ms IS NULL OR id = (SELECT session_id FROM room WHERE name = $1) OR EXISTS (
                    SELECT 1 FROM reservation AS r WHERE r.session_id = s.id AND (
                        r.state IN ('locked', 'ready') OR (r.state IN ('collected', 'no_show') AND r.changed_ms >= $2)
                    )
                )
            )
        )
        SELECT id FROM session
        WHERE id IN (SELECT id FROM mine)
            OR (cycle_id <> '' AND cycle_id IN (SELECT cycle_id FROM mine))
        ORDER BY started_ms, id
    """,
    seqs="SELECT name, seq FROM room ORDER BY name",
    put_basket=f"""
        INSERT INTO basket ({_BASKET}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (session_id, viewer_key) DO UPDATE SET
            pickup_point_id = excluded.pickup_point_id, phone_tail = excluded.phone_tail, own_bag = excluded.own_bag,
            bag_points = excluded.bag_points, redeemed_points = excluded.redeemed_points,
            changed_ms = excluded.changed_ms
    """,
    points="""
        SELECT coalesce(sum(bag_points - redeemed_points), 0) FROM basket WHERE viewer_key = $1 OR viewer_key IN (
            SELECT viewer_key FROM person WHERE person = (SELECT person FROM person WHERE viewer_key = $1)
        )
    """,
    put_ticket=f"""
        INSERT INTO ticket ({_TICKET})
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
        ON CONFLICT (session_id, id) DO UPDATE SET
            text = excluded.text, times = excluded.times, state = excluded.state, due_ms = excluded.due_ms,
            answer = excluded.answer, promise = excluded.promise, changed_ms = excluded.changed_ms,
            answered_ms = excluded.answered_ms
    """,
    baskets=f"SELECT {_BASKET} FROM basket WHERE session_id = $1 ORDER BY position",
    tickets=f"SELECT {_TICKET} FROM ticket WHERE session_id = $1 ORDER BY position",
    standings="""
        SELECT viewer_key, sum(no_shows), sum(points) FROM (
            SELECT viewer_key, count(*) AS no_shows, 0 AS points FROM reservation
            WHERE state = 'no_show' AND session_id <> $1 GROUP BY viewer_key
            UNION ALL
            SELECT viewer_key, 0, sum(bag_points - redeemed_points) FROM basket
            WHERE (bag_points > 0 OR redeemed_points > 0) AND session_id <> $1 GROUP BY viewer_key
        ) AS each GROUP BY viewer_key HAVING sum(no_shows) <> 0 OR sum(points) <> 0
    """,
    persons="SELECT viewer_key, person FROM person ORDER BY person, viewer_key",
    session=f"SELECT {_SESSION} FROM session WHERE id = $1",
    cycle="""
        SELECT id FROM session
        WHERE id = $1 OR cycle_id = (SELECT nullif(cycle_id, '') FROM session WHERE id = $1)
        ORDER BY started_ms, id
    """,
    people="""
        SELECT viewer_key, person FROM person
        WHERE viewer_key IN (SELECT viewer_key FROM reservation WHERE session_id = $1)
    """,
    offers=f"SELECT {_OFFER} FROM offer WHERE session_id = $1 ORDER BY place",
    variants=f"SELECT {_VARIANT} FROM variant WHERE session_id = $1 ORDER BY offer_id, place",
    prompt=f"SELECT {_PROMPT} FROM prompt WHERE session_id = $1 AND open",
    reservations=f"SELECT {_RESERVATION} FROM reservation WHERE session_id = $1 ORDER BY position, id",
    comments=f"SELECT {_COMMENT} FROM comment WHERE session_id = $1 ORDER BY n",
    pending=f"SELECT {_COMMENT} FROM comment WHERE session_id = $1 AND outcome = 'needs_confirmation' ORDER BY n",
    count="SELECT count(*) FROM comment WHERE session_id = $1",
)


def _lite(common: Common) -> Common:
    return replace(common, **{name: sql.replace("$", "?") for name, sql in asdict(common).items()})


SQLITE = SqliteStatements(
    common=_lite(COMMON),
    stage=lite(STAGE),
    desk=desk_statements.lite(desk_statements.DESK),
    known="SELECT platform, id FROM comment WHERE room = ?1 AND id IN (SELECT value FROM json_each(?2))",
    kinds="""
        SELECT n, platform, id, json_extract(classification, '$.intent'), outcome
        FROM comment WHERE session_id = ? ORDER BY n
    """,
    add_offer=f"""
        INSERT INTO offer ({_OFFER})
        SELECT
            ?1, ?2, ?3 + coalesce(max(place), 0), ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,
            ?19, ?20
        FROM offer WHERE session_id = ?1
    """,
    move_offer="""
        UPDATE offer SET
            number = ?4, title = ?5, aliases = ?6, unit = ?7, price_fen = ?8, quota = quota + ?9,
            per_viewer_limit = ?10, case_size = ?11, min_quantity = ?12, facts = ?13, phase = ?14,
            reserved = reserved + ?15, waitlisted = waitlisted + ?16, case_tolerance = ?17, supplier = ?18,
            weighed = ?19, picture = ?20
        WHERE session_id = ?1 AND id = ?2
            AND reserved + ?15 BETWEEN 0 AND quota + ?9 AND waitlisted + ?16 >= 0
    """,
    remove_variant="DELETE FROM variant WHERE session_id = ?1 AND offer_id = ?2 AND id = ?3 AND reserved = ?8",
    move_variant="""
        UPDATE variant SET place = ?4, name = ?5, aliases = ?6, quota = quota + ?7, reserved = reserved + ?8
        WHERE session_id = ?1 AND offer_id = ?2 AND id = ?3 AND (quota IS NULL) = (?7 IS NULL)
            AND reserved + ?8 >= 0 AND (quota IS NULL OR reserved + ?8 <= quota + ?7)
    """,
    add_variant=f"INSERT INTO variant ({_VARIANT}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    add_comment=f"""
        INSERT INTO comment ({_COMMENT})
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)
    """,
    put_reservation=f"""
        INSERT INTO reservation ({_RESERVATION})
        VALUES (
            ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22,
            ?23
        )
        {_UPSERT_RESERVATION}
    """,
    set_outcome="""
        UPDATE comment SET outcome = ?4, reason = ?5, classification = coalesce(?6, classification)
        WHERE room = ?1 AND platform = ?2 AND id = ?3
    """,
    add_event=f"INSERT INTO event ({_EVENT}) VALUES (?1, ?2, ?3, ?4, ?5)",
)

POSTGRES = PostgresStatements(
    common=COMMON,
    stage=STAGE,
    desk=desk_statements.DESK,
    known="SELECT platform, id FROM comment WHERE room = $1 AND id = ANY($2::text[])",
    kinds="""
        SELECT n, platform, id, classification::json ->> 'intent', outcome
        FROM comment WHERE session_id = $1 ORDER BY n
    """,
    lock_points="SELECT pg_advisory_xact_lock(hashtextextended($1, 0))",
    write=f"""
        WITH moved_offers AS (
            UPDATE offer AS o SET
                number = d.number, title = d.title, aliases = d.aliases, unit = d.unit, price_fen = d.price_fen,
                quota = o.quota + d.quota, per_viewer_limit = d.per_viewer_limit, case_size = d.case_size,
                min_quantity = d.min_quantity, facts = d.facts, phase = d.phase, reserved = o.reserved + d.reserved,
                waitlisted = o.waitlisted + d.waitlisted, case_tolerance = d.case_tolerance, supplier = d.supplier,
                weighed = d.weighed, picture = d.picture
            FROM unnest($1::offer[]) AS d
            WHERE o.session_id = d.session_id AND o.id = d.id
                AND o.reserved + d.reserved BETWEEN 0 AND o.quota + d.quota AND o.waitlisted + d.waitlisted >= 0
            RETURNING 1
        ), moved_variants AS (
            UPDATE variant AS v SET
                place = d.place, name = d.name, aliases = d.aliases, quota = v.quota + d.quota,
                reserved = v.reserved + d.reserved
            FROM unnest($2::variant[]) AS d
            WHERE v.session_id = d.session_id AND v.offer_id = d.offer_id AND v.id = d.id
                AND (v.quota IS NULL) = (d.quota IS NULL) AND v.reserved + d.reserved >= 0
                AND (v.quota IS NULL OR v.reserved + d.reserved <= v.quota + d.quota)
            RETURNING 1
        ), comments AS (
            INSERT INTO comment ({_COMMENT}) SELECT {_COMMENT} FROM unnest($3::comment[])
        ), reservations AS (
            INSERT INTO reservation ({_RESERVATION}) SELECT {_RESERVATION} FROM unnest($4::reservation[])
            {_UPSERT_RESERVATION}
        ), events AS (
            INSERT INTO event ({_EVENT}) SELECT {_EVENT} FROM unnest($5::event[])
        )
        SELECT (SELECT count(*) FROM moved_offers), (SELECT count(*) FROM moved_variants)
    """,
    add_offers=f"""
        INSERT INTO offer ({_OFFER})
        SELECT
            session_id, id, place + (SELECT coalesce(max(o.place), 0) FROM offer AS o WHERE o.session_id = d.session_id),
            number, title, aliases, unit, price_fen, quota, per_viewer_limit, case_size, min_quantity, facts, phase,
            reserved, waitlisted, case_tolerance, supplier, weighed, picture
        FROM unnest($1::offer[]) AS d
    """,
    remove_variants="""
        DELETE FROM variant AS v USING unnest($1::variant[]) AS d
        WHERE v.session_id = d.session_id AND v.offer_id = d.offer_id AND v.id = d.id AND v.reserved = d.reserved
        RETURNING 1
    """,
    add_variants=f"INSERT INTO variant ({_VARIANT}) SELECT {_VARIANT} FROM unnest($1::variant[])",
    set_outcomes="""
        UPDATE comment AS c
        SET outcome = d.outcome, reason = d.reason, classification = coalesce(d.classification, c.classification)
        FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
            AS d (room, platform, id, outcome, reason, classification)
        WHERE c.room = d.room AND c.platform = d.platform AND c.id = d.id
        RETURNING 1
    """,
)
