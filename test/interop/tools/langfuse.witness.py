"""Langfuse's own API types: every score that Touchstone wrote is taken as a new one."""

from langfuse.api.core.pydantic_utilities import parse_obj_as
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


answer(taken=taken)
