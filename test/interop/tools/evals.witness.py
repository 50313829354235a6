"""OpenAI evals: two systems are graded and logged by its own classes; its match runs over samples that Touchstone wrote."""

import os
from pathlib import Path

# A client is made as it is imported, and none is used.
os.environ.setdefault("OPENAI_API_KEY", "none")
os.environ["EVALS_SEQUENTIAL"] = "1"
os.environ["EVALS_SHOW_EVAL_PROGRESS"] = ""

import json

from evals.base import RunSpec
from evals.elsuite.basic.match import Match
from evals.elsuite.modelgraded.classify import ModelBasedClassify
from evals.record import LocalRecorder, record_sampling
from evals.registry import Registry

from answering import answer, lines


class Said:
    def __init__(self, text):
        self.text = text

    def get_completions(self):
        return [self.text]


class Canned:
    """A model that says what is written for it, and records it as its own ones do."""

    def __init__(self, name, say):
        self.name = name
        self.say = say

    def __call__(self, prompt, **kwargs):
        text = self.say(prompt if isinstance(prompt, str) else prompt[-1]["content"])
        record_sampling(prompt=prompt, sampled=[text], model=self.name)
        return Said(text)


def recorded(path, names):
    spec = RunSpec(
        completion_fns=names, eval_name="made.dev.v0", base_eval="made", split="dev", run_config={}, created_by="witness"
    )
    return LocalRecorder(path, spec)


def write(study):
    """Every sample of both systems is graded by its closed question on a criterion."""
    with open("samples.jsonl", "w", encoding="utf-8") as file:
        for row in study["rows"]:
            file.write(json.dumps({"input": row["prompt"], "criteria": "It is right."}) + "\n")
    files, grades = [], {}
    for side, system in enumerate(study["systems"]):
        replies = {row["prompt"]: row["replies"][side] for row in study["rows"]}
        choices = {row["replies"][side]: row["choices"][side] for row in study["rows"]}

        def grade(asked):
            (choice,) = [choice for text, choice in choices.items() if text in asked]
            return f"As I see it.\n{choice}"

        path = f"{system}.jsonl"
        recorder = recorded(path, [system, "grader"])
        graded = ModelBasedClassify(
            modelgraded_spec="closedqa",
            eval_type="cot_classify",
            completion_fns=[Canned(system, replies.__getitem__), Canned("grader", grade)],
            samples_jsonl="samples.jsonl",
            eval_registry_path=Path("."),
            name="made.dev.v0",
            registry=Registry(),
        )
        recorder.record_final_report(graded.run(recorder))
        recorder.flush_events()
        files.append(path)
        grades[system] = {
            event.sample_id.split(".")[-1]: event.data["score"] for event in recorder.get_events("metrics")
        }
    return {"files": files, "grades": grades}


def matched(request):
    """The accuracy of a judge that says what is written for it by the sample's id."""
    letters = {"first": "A", "second": "B", "tie": "C", "both_bad": "D"}
    samples = lines(request["samples"])
    said = {row["input"][-1]["content"]: letters[request["said"][row["id"]]] for row in samples}
    recorder = recorded("matched.jsonl", ["judge"])
    report = Match(
        completion_fns=[Canned("judge", said.__getitem__)],
        samples_jsonl=request["samples"],
        eval_registry_path=Path("."),
        name="made.dev.v0",
        registry=Registry(),
    ).run(recorder)
    return {"accuracy": report["accuracy"], "samples": len(samples)}


answer(write=write, matched=matched)
