"""FastChat: its llm_judge plays matches with a canned judge; its scripts score them, and votes that Touchstone wrote."""

import argparse
import contextlib
import io
import json
import re
import sys
import types

from fastchat.conversation import get_conv_template

# What it asks models with is not installed, and no model is asked: only names of models and a template are taken from there.
adapter = types.ModuleType("fastchat.model.model_adapter")
adapter.get_conversation_template = lambda model: get_conv_template("chatgpt")
adapter.OPENAI_MODEL_LIST = ("gpt-4",)
adapter.ANTHROPIC_MODEL_LIST = ()
for name in ("openai", "anthropic", "fastchat.model"):
    sys.modules[name] = types.ModuleType(name)
sys.modules[adapter.__name__] = adapter

import pandas
from fastchat.llm_judge import common, compute_agreement, show_result

from answering import answer

PAIR = {
    "name": "pair-v2",
    "type": "pairwise",
    "system_prompt": "Judge.",
    "prompt_template": "{question}\n[A] {answer_a}\n[B] {answer_b}",
    "output_format": "[[A]]",
}
PAIR_TURNS = {
    **PAIR,
    "name": "pair-v2-multi-turn",
    "prompt_template": "{question_1}{question_2}\n[A] {answer_a_1} {answer_a_2}\n[B] {answer_b_1} {answer_b_2}",
}
SINGLE = {
    "name": "single-v1",
    "type": "single",
    "system_prompt": "Rate.",
    "prompt_template": "{question}\n{answer}",
    "output_format": "[[rating]]",
}


def write(study):
    """Questions of two turns, answers of two models, a judge's verdicts in both orders and its scores."""
    one, other = study["systems"]
    said = {}

    def judge(model, conv, temperature, max_tokens):
        asked = conv.messages[-2][1]
        index = int(re.search(r"Answer (\d+) of", asked).group(1))
        game = study["games"][index]
        if "[B]" not in asked:
            return f"Rating: [[{game['scores'][0 if 'of one' in asked else 1]}]]"
        is_first = asked.index("of one") < asked.index("of the other")
        return f"My verdict: [[{game['verdicts'][0 if is_first else 1]}]]"

    common.chat_completion_openai = judge
    with open("question.jsonl", "w") as questions, open(f"{one}.jsonl", "w") as first, open(f"{other}.jsonl", "w") as second:
        for index, row in enumerate(study["rows"]):
            question = {"question_id": 81 + index, "category": "writing", "turns": [row["prompt"], f"And then, {index}?"], "reference": [row["reference"], f"Second {index}"]}
            answers = [
                {"question_id": 81 + index, "answer_id": f"{model}-{index}", "model_id": model, "choices": [{"index": 0, "turns": [row[side], f"{row[side]}, again"]}], "tstamp": 1.5e9}
                for model, side in ((one, "a"), (other, "b"))
            ]
            for file, record in ((questions, question), (first, answers[0]), (second, answers[1])):
                file.write(json.dumps(record) + "\n")
            for prompt, multi_turn in ((PAIR, False), (PAIR_TURNS, True)):
                match = common.MatchPair(question, one, other, *answers, common.Judge("gpt-4", prompt, multi_turn=multi_turn), multi_turn=multi_turn)
                common.play_a_match_pair(match, "model_judgment/gpt-4_pair.jsonl")
            for model, reply in zip((one, other), answers):
                match = common.MatchSingle(question, model, reply, common.Judge("gpt-4", SINGLE))
                common.play_a_match_single(match, "model_judgment/gpt-4_single.jsonl")
    pairs = shown("model_judgment/gpt-4_pair.jsonl")
    return {"pairs": pairs}


def shown(path):
    """The table that its show_result prints, as numbers: what it prints is rounded."""
    tables = []
    sort_values = pandas.DataFrame.sort_values
    pandas.DataFrame.sort_values = lambda frame, *args, **named: tables.append(frame) or sort_values(frame, *args, **named)
    try:
        options = argparse.Namespace(input_file=path, model_list=None, baseline_model=None, bench_name="mt_bench")
        with contextlib.redirect_stdout(io.StringIO()):
            show_result.display_result_pairwise(options)
    finally:
        pandas.DataFrame.sort_values = sort_values
    (frame,) = tables
    return {model: {key: float(value) for key, value in row.items()} for model, row in frame.to_dict("index").items()}


def agreement(request):
    """compute_agreement.py on a judge and people, and on people with each other, first turns, with ties and without."""
    votes = []
    for path in request["votefiles"]:
        with open(path, encoding="utf-8") as file:
            votes.append(json.load(file))
    turns = compute_agreement.get_mt_bench_votes_data(votes)
    return {
        f"{judge} {'without' if ban else 'with'} ties": compute_agreement.get_mt_bench_agreement(turns[0], judge, "human", ban=ban)
        for judge in ("gpt4-pair", "human")
        for ban in ([], ["tie"])
    }


answer(write=write, agreement=agreement, shown=shown)
