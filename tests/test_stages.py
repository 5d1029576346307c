from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.site.stages import COUNCIL, LAST, STAGES, Course, Job, Outcome, kind_of

COUNCILS = ("council/bury", "council/leeds", "council/york")
OTHERS = [kind for kind in STAGES if kind not in ("block", "beginning", "year", "table", "theme", "authority")]
MANY = {
    "block": ("block/0-2019", "block/0-2004"),  # a newer one may be heard of first
    "beginning": ("beginning/a",),
    "year": ("year/2019",),
    "theme": ("theme/health",),
}


def outcome(name: str) -> Outcome[str]:
    """Every job writes to all that hear from it."""
    hearing = [kind for kind, (_, hears_from) in STAGES.items() if kind_of(name) in hears_from]
    names = [each for kind in hearing for each in MANY.get(kind, (kind,))]
    return Outcome((f"{name}.html",), tuple((each, f"{name} to {each}") for each in names))


def done(choose: st.DataObject | None) -> list[Job[str]]:
    """All jobs as they were begun; of those that are ready the first is done, or the one that is drawn."""
    course = Course([Job(name, ()) for name in COUNCILS], OTHERS)
    begun = list(course.first)
    ready = list(course.first)
    while ready:
        at = choose.draw(st.integers(0, len(ready) - 1)) if choose else 0
        job = ready.pop(at)
        new = course.after(job.name, outcome(job.name))
        ready += new
        begun += new
    return begun


@given(st.data())
@settings(max_examples=50, deadline=None)
def test_whichever_job_is_done_first_each_gets_the_same_letters_in_the_same_order(data: st.DataObject) -> None:
    assert sorted(done(data), key=lambda job: job.name) == sorted(done(None), key=lambda job: job.name)


def test_every_job_is_begun_once_with_letters_from_all_that_it_hears_from() -> None:
    jobs = {job.name: job for job in done(None)}
    assert len(jobs) == len(done(None))
    assert {kind_of(name) for name in jobs} == {COUNCIL, *STAGES}
    for name, job in jobs.items():
        if kind_of(name) != COUNCIL:
            senders = [kind_of(sender) for sender, _ in job.letters]
            assert list(dict.fromkeys(senders)) == list(STAGES[kind_of(name)][1])
    assert [sender for sender, _ in jobs["order"].letters] == ["block/0-2004", "block/0-2019"]
    assert set(jobs[LAST].told) == {f"{name}.html" for name in jobs if name != LAST}


def test_a_letter_that_would_come_too_late_is_told() -> None:
    course = Course([Job("council/bury", ())], OTHERS)
    with pytest.raises(ValueError, match="council/bury has written to order"):
        course.after("council/bury", Outcome((), (("order", "x"),)))
