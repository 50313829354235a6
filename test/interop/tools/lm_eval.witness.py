"""lm-evaluation-harness: two systems' canned replies go through its own evaluation and its own writer of samples."""

import json
import os

from lm_eval.api.model import LM
from lm_eval.evaluator import simple_evaluate
from lm_eval.loggers import EvaluationTracker

from answering import answer


class Canned(LM):
    """A model that says what is written for it."""

    def __init__(self, replies):
        super().__init__()
        self.replies = replies

    def generate_until(self, requests, disable_tqdm=False):
        return [self.replies[request.doc["number"]] for request in requests]

    def loglikelihood(self, requests, disable_tqdm=False):
        raise NotImplementedError

    def loglikelihood_rolling(self, requests, disable_tqdm=False):
        raise NotImplementedError


def write(study):
    with open("documents.jsonl", "w", encoding="utf-8") as file:
        for number, row in enumerate(study["rows"]):
            document = {"number": number, "question": row["prompt"], "answer": row["reference"]}
            file.write(json.dumps(document) + "\n")
    task = {
        "task": "made",
        "dataset_path": "json",
        "dataset_kwargs": {"data_files": {"test": "documents.jsonl"}},
        "test_split": "test",
        "output_type": "generate_until",
        "doc_to_text": "{{question}}",
        "doc_to_target": "{{answer}}",
        "metric_list": [{"metric": "exact_match", "aggregation": "mean", "higher_is_better": True}],
    }
    right = {}
    for system in study["systems"]:
        tracker = EvaluationTracker(output_path="runs")
        result = simple_evaluate(
            model=Canned([row["replies"][system] for row in study["rows"]]),
            tasks=[task],
            log_samples=True,
            evaluation_tracker=tracker,
            bootstrap_iters=0,
        )
        samples = result.pop("samples")
        tracker.general_config_tracker.log_experiment_args(
            model_source="canned",
            model_args=f"model={system}",
            system_instruction=None,
            chat_template=None,
            fewshot_as_multiturn=False,
        )
        right[system] = {str(sample["doc_id"]): float(sample["exact_match"]) for sample in samples["made"]}
        tracker.save_results_aggregated(results=result, samples=samples)
        tracker.save_results_samples(task_name="made", samples=samples["made"])
    files = [os.path.join(folder, name) for folder, _, names in os.walk("runs") for name in names if name.startswith("samples_")]
    return {"files": files, "right": right}


answer(write=write)
