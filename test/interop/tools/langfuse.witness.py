"""Langfuse's own API types: every score that Touchstone wrote is taken as a new one."""

from langfuse.api.core.pydantic_utilities import parse_obj_as
from langfuse.api.experiments.types.experiment_item import ExperimentItem
from langfuse.api.scores.types.create_score_request import CreateScoreRequest

from answering import answer, lines


def taken(path):
    """How many rows its request for a new score takes, and what people's rows say of each pair's first output."""
    rows = lines(path)
    for row in rows:
        request = parse_obj_as(CreateScoreRequest, row)
        assert (request.trace_id, request.value, request.data_type) == (row["traceId"], row["value"], row["dataType"])
    people = [row for row in rows if row["metadata"]["kind"] == "person"]
    verdicts = [row["value"] for row in people]
    return {"rows": len(rows), "verdicts": {name: verdicts.count(name) for name in sorted(set(verdicts))}}


WHEN = "2026-01-02T03:04:05Z"


def score(place, trace, **said):
    """A score as its third API gives it."""
    times = {"timestamp": WHEN, "createdAt": WHEN, "updatedAt": WHEN}
    about = {"id": f"{trace}-{place}", "projectId": "p", "environment": "default", "subject": {"kind": "trace", "id": trace}}
    return {"name": "good", **times, **about, **said}


def experiments(asked):
    """Writes the items of two experiments as its own types write them: points of a judge, and a yes or no of every person."""
    with open(asked["path"], "w", encoding="utf-8") as out:
        for number, row in enumerate(asked["rows"]):
            for experiment, side in (("one", "a"), ("two", "b")):
                trace = f"{experiment}-{number}"
                scores = [score(place, trace, source="ANNOTATION", dataType="BOOLEAN", value=yes, authorUserId=rater)
                          for place, (rater, yes) in enumerate(row["people"][side].items())]
                scores.append(score("j", trace, source="EVAL", dataType="NUMERIC", value=row["points"][side]))
                item = parse_obj_as(ExperimentItem, {
                    "id": f"o-{trace}", "traceId": trace, "startTime": WHEN, "level": "DEFAULT", "environment": "default",
                    "experimentId": experiment, "experimentName": experiment, "experimentItemId": f"item-{number}",
                    "input": {"messages": [{"role": "user", "content": row["prompt"]}]}, "output": row["texts"][side],
                    "expectedOutput": row["reference"], "scores": scores})
                print(item.json(), file=out)
    return None


answer(taken=taken, experiments=experiments)
