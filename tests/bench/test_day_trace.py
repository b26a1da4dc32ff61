"""Recorded arrivals as the player draws from them."""

from __future__ import annotations

from random import Random

from bench.day_trace import Queue, Trace, read_traces, trace_for

TABLE = [
    "office,date,rank,480,485",
    "North,2020-01-13,1,3,1",
    "North,2020-01-13,2,1,0",
    "South,2020-01-13,1,2,2",
]


def test_each_office_day_keeps_its_queues_busiest_first() -> None:
    north, south = read_traces(TABLE)
    assert (north.office, [queue.slots for queue in north.queues]) == ("North", [(3, 1), (1, 0)])
    assert (south.office, [queue.slots for queue in south.queues]) == ("South", [(2, 2)])


def test_a_moment_lies_in_a_slot_in_which_somebody_came() -> None:
    queue, rng = Queue((0, 5, 0, 1)), Random(1)
    moments = [queue.moment(rng) for _ in range(600)]
    assert all(0.25 <= moment < 0.5 or 0.75 <= moment < 1 for moment in moments)
    assert 60 <= sum(moment >= 0.75 for moment in moments) <= 140


def test_popularity_is_a_multiple_of_the_mean(trace: Trace) -> None:
    assert [trace.popularity(rank) for rank in (0, 1, 2)] == [1.5, 0.5, 1.5]


def test_the_project_brings_three_days_and_the_seed_chooses() -> None:
    offices = [trace_for(seed).office for seed in (1, 2, 3, 4)]
    assert offices == ["UD_Bielany", "UD_Praga_Poludnie", "UD_Targowek", "UD_Bielany"]
    assert sum(queue.tickets for queue in trace_for(2).queues) == 1815
