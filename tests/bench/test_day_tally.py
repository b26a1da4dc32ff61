"""The account of the day and what its summary says."""

from __future__ import annotations

from bench.day_tally import ScreenRecord, Tally, is_good, percentile, summary

LIVE = ScreenRecord("board 1", events=40, holes=0, missed_calls=0, longest_silence=1.6)


def test_percentiles_of_few_values() -> None:
    assert percentile([], 50) is None
    assert percentile([4.0], 90) == 4.0
    assert percentile([1.0, 2.0, 3.0], 50) == 2.0


def test_a_quiet_day_with_live_screens_is_good() -> None:
    assert is_good(Tally(), [LIVE], stale_after=5.0)


def test_an_error_spoils_the_day_and_is_named_with_its_count() -> None:
    tally = Tally()
    for _ in range(2):
        tally.error("c01: POST /windows/1/serve: cannot: No.")
    assert not is_good(tally, [LIVE], stale_after=5.0)
    assert "errors    2" in summary(tally, [LIVE], 5.0)
    assert "  2 x c01: POST /windows/1/serve: cannot: No." in summary(tally, [LIVE], 5.0)


def test_a_screen_that_fell_silent_missed_a_call_or_has_a_hole_spoils_the_day() -> None:
    for bad in (
        ScreenRecord("board 2", 40, holes=0, missed_calls=0, longest_silence=5.2),
        ScreenRecord("board 2", 40, holes=1, missed_calls=0, longest_silence=1.0),
        ScreenRecord("board 2", 40, holes=0, missed_calls=1, longest_silence=1.0),
    ):
        assert not is_good(Tally(), [LIVE, bad], stale_after=5.0)
        assert summary(Tally(), [LIVE, bad], 5.0).count("not live") == 1


def test_the_summary_counts_what_happened() -> None:
    tally = Tally(waits=[2.0, 4.0, 6.0], delays={"/tickets": [0.01, 0.02], "/session": [0.5]})
    for what, times in {"tickets": 1200, "priority": 3, "finished": 2, "recalls": 1}.items():
        tally.counts[what] = times
    tally.called("k1", 1)
    tally.called("k1", 1)
    tally.called("k1", 2)
    words = summary(tally, [LIVE], 5.0)
    assert "tickets   1,200 (3 priority)" in words
    assert "calls     2 (1 of them again)" in words
    assert "waits     p50 4.0 min, p90 5.6 min" in words
    assert "errors    0" in words
    assert "p50 20 ms" in words
    assert "slowest   /session p99 500 ms of 1, /tickets p99 20 ms of 2" in words


def test_many_kinds_of_errors_are_cut_short() -> None:
    tally = Tally()
    for number in range(25):
        tally.error(f"error {number}")
    assert summary(tally, [], 5.0).endswith("and 5 other kinds")
