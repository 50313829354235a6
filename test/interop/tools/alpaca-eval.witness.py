"""AlpacaEval: its annotators write annotations, its metrics and its analyzer read what Touchstone wrote."""

import json
import math
import os
import re

os.environ["IS_ALPACA_EVAL_2"] = "False"

import pandas
from alpaca_eval import evaluate
from alpaca_eval.analyze import Analyzer
from alpaca_eval.annotators import base
from alpaca_eval.metrics import get_winrate

from answering import answer

CONFIG = """
{name}:
  prompt_template: "{name}/prompt.txt"
  fn_completions: "canned"
  completions_kwargs: {{}}
  fn_completion_parser: "logprob_parser"
  completion_parser_kwargs:
    numerator_token: "m"
    denominator_tokens: ["m", "M"]
    is_binarize: {is_binarize}
  completion_key: "completions_all"
  batch_size: 1
"""
PROMPT = "<|im_start|>user\nQuestion: {instruction}\nm: {output_1}\nM: {output_2}\n<|im_end|>"


def canned(chances):
    """A model that says with which chance the first model's answer is the better one, in whichever order it is shown."""

    def completions(prompts, **_):
        return {"completions_all": [one(prompt) for prompt in prompts], "price_per_example": [0.0] * len(prompts), "time_per_example": [0.0] * len(prompts)}

    def one(prompt):
        index = int(re.search(r"Answer (\d+) of one", prompt).group(1))
        is_first = prompt.index("of one") < prompt.index("of the other")
        chance = chances[index] if is_first else 1 - chances[index]
        tokens = [{"token": "m", "logprob": math.log(chance)}, {"token": "M", "logprob": math.log(1 - chance)}]
        best = max(tokens, key=lambda token: token["logprob"])
        return {"logprobs": {"content": [{**best, "top_logprobs": tokens}]}, "text": best["token"]}

    return completions


def write(study):
    """Annotations of a judge that weighs and of one that does not, and their win rates."""
    base.get_fn_completions = lambda name: canned(study["chances"])
    outputs = [
        [{"instruction": row["prompt"], "output": row[side], "generator": generator, "dataset": "made"} for row in study["rows"]]
        for side, generator in zip("ab", study["systems"])
    ]
    written = {}
    for name, is_binarize in (("weighing", False), ("deciding", True)):
        os.makedirs(f"configs/{name}")
        with open(f"configs/{name}/configs.yaml", "w", encoding="utf-8") as file:
            file.write(CONFIG.format(name=name, is_binarize=str(is_binarize).lower()))
        with open(f"configs/{name}/prompt.txt", "w", encoding="utf-8") as file:
            file.write(PROMPT)
        evaluate(
            model_outputs=pandas.DataFrame(outputs[1]),
            reference_outputs=pandas.DataFrame(outputs[0]),
            annotators_config=os.path.abspath(f"configs/{name}"),
            output_path=os.path.abspath(f"results/{name}"),
            precomputed_leaderboard=None,
            fn_metric="get_winrate",
            sort_by="win_rate",
            is_return_instead_of_print=True,
            caching_path=None,
        )
        (path,) = [os.path.join(folder, file) for folder, _, files in os.walk(f"results/{name}") for file in files if file == "annotations.json"]
        written[name] = {"path": path, **rates(path)}
    return written


def rates(path):
    annotations = pandas.read_json(path)
    found = get_winrate(annotations)
    return {key: float(found[key]) for key in ("win_rate", "discrete_win_rate", "n_wins", "n_wins_base", "n_draws", "n_total")}


def again(paths):
    return [rates(path) for path in paths]


def agreement(request):
    """Its analyzer on people's votes: with each other, and a judge's with each of them."""
    with open(request["people"], encoding="utf-8") as file:
        raters = len({vote["annotator_index"] for vote in json.load(file)})
    analyzer = Analyzer(
        gold_crossannotations=request["people"], gold_annotations=None, n_annotators=raters, scoring_rule="zero_one"
    )
    people = analyzer.agreement_of_annotations("gold_crossannotations", None, n_majority_vote_1=1, n_majority_vote_2=1)
    judge = analyzer.agreement_of_annotations(
        pandas.read_json(request["judge"]), n_majority_vote_1=1, n_majority_vote_2=1, is_same_annotator=False
    )
    return {"people": float(people["score"]), "judge": float(judge["score"]), "pairs": int(people["counts"]), "raters": raters}


answer(write=write, again=again, agreement=agreement)
