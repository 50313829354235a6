"""LangSmith's own schemas: runs and pairwise feedback are written by them, and feedback that Touchstone wrote is read by them."""

import json
import uuid
from datetime import datetime, timezone

from langsmith.schemas import Feedback, FeedbackCreate, FeedbackSourceBase, Run

from answering import answer, lines


def numbered(*parts):
    return uuid.uuid5(uuid.NAMESPACE_OID, "/".join(map(str, parts)))


def plain(model):
    return json.loads(model.model_dump_json() if hasattr(model, "model_dump_json") else model.json())


def write(study):
    """A run of each example for each experiment, and two rows of feedback a vote."""
    start = datetime(2026, 1, 2, tzinfo=timezone.utc)
    with open("runs.jsonl", "w") as runs, open("feedback.jsonl", "w") as feedback:
        for index, row in enumerate(study["rows"]):
            for side, system in zip("ab", study["systems"]):
                run = Run(
                    id=numbered("run", index, side),
                    trace_id=numbered("run", index, side),
                    dotted_order="made",
                    name="answer",
                    run_type="chain",
                    start_time=start,
                    inputs={"question": row["prompt"]},
                    outputs={"output": row[side]},
                    reference_example_id=numbered("example", index),
                    session_id=numbered("session", side),
                    extra={},
                    tags=[],
                )
                runs.write(json.dumps({**plain(run), "session_name": system}) + "\n")
            for rater, verdict in row["votes"].items():
                for side, share in zip("ab", {"first": (1, 0), "second": (0, 1), "tie": (0.5, 0.5)}[verdict]):
                    row_of_vote = Feedback(
                        id=numbered("feedback", index, rater, side),
                        run_id=numbered("run", index, side),
                        trace_id=numbered("run", index, side),
                        key="preference",
                        score=share,
                        created_at=start,
                        modified_at=start,
                        feedback_source=FeedbackSourceBase(type="app", user_id=numbered(rater), user_name=rater),
                        feedback_group_id=numbered("group", index, rater),
                    )
                    feedback.write(json.dumps(plain(row_of_vote)) + "\n")
    return ["runs.jsonl", "feedback.jsonl"]


def scored(request):
    """Sum of what people's feedback gives the runs of each experiment."""
    systems = {run["id"]: run["session_name"] for run in lines(request["runs"])}
    sums, votes = {}, 0
    for row in lines(request["feedback"]):
        feedback = FeedbackCreate(**row)
        if feedback.feedback_source.type == "model":
            continue
        votes += 1
        system = systems[str(feedback.run_id)]
        sums[system] = sums.get(system, 0) + feedback.score
    return {"sums": sums, "rows": votes}


answer(write=write, scored=scored)
