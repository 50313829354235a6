"""Argilla's own records, as a server's answers become them and as they are written to disk; no server is needed for either."""

import uuid

from argilla import Record, Response, Suggestion
from argilla.records._io import JsonIO

from answering import answer

FIELDS = {"first": "response_1", "second": "response_2"}


def said(verdict, is_ranked):
    """What a label or a ranking question is answered with."""
    if not is_ranked:
        return FIELDS.get(verdict, verdict)
    ranks = {"first": (1, 2), "second": (2, 1), "tie": (1, 1)}[verdict]
    return [{"value": field, "rank": rank} for field, rank in zip(FIELDS.values(), ranks)]


def write(study):
    """Every second record is a chat, every third is answered with a ranking."""
    records, responses = [], 0
    for index, row in enumerate(study["rows"]):
        question = "ranking" if index % 3 == 2 else "preference"
        text = row["prompt"]
        record = Record(
            id=row["id"],
            fields={
                "prompt": [{"role": "user", "content": text}] if index % 2 else text,
                **dict(zip(FIELDS.values(), row["texts"])),
            },
            metadata={f"{field}_model": system for field, system in zip(FIELDS.values(), study["systems"])},
            responses=[
                Response(
                    question_name=question,
                    value=said(verdict, question == "ranking"),
                    user_id=uuid.uuid5(uuid.NAMESPACE_OID, rater),
                    status="submitted",
                )
                for rater, verdict in row["votes"].items()
            ],
            suggestions=[
                Suggestion(
                    question_name=question, value=said(row["suggested"], question == "ranking"), score=0.75, agent=row["judge"]
                )
            ],
        )
        responses += len(row["votes"])
        records.append(record)
    JsonIO.to_json(records, "records.json")
    return {"file": "records.json", "responses": responses}


answer(write=write)
