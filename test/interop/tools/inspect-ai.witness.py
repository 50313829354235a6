"""Inspect: two models' runs are graded and logged; scores that Touchstone wrote are put on those logs."""

from inspect_ai import Task, eval, score
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.log import read_eval_log
from inspect_ai.model import ChatMessageAssistant, ModelOutput, ModelUsage, get_model
from inspect_ai.scorer import krippendorff_alpha, mean, model_graded_fact, precomputed_scores, value_to_float
from inspect_ai.solver import solver

from answering import answer


def said(model, text):
    """What a model says, with its usage, as tokens are else counted by a table that is fetched."""
    output = ModelOutput.from_content(model, text)
    output.usage = ModelUsage(input_tokens=1, output_tokens=1, total_tokens=2)
    return output


@solver
def canned(side):
    """A model that answers each sample with the text that is written for it."""

    async def solve(state, generate):
        text = state.metadata[side]
        model = get_model(str(state.model), custom_outputs=[said("canned", text)], memoize=False)
        state.output = await model.generate(state.messages)
        state.messages.append(ChatMessageAssistant(content=state.output.completion))
        return state

    return solve


def write(study):
    """One log as .eval in the order of the study, one as .json in another."""
    grades = {text: grade for row in study["rows"] for text, grade in ((row["a"], row["gradeOfA"]), (row["b"], row["gradeOfB"]))}

    def grade(input, tools, tool_choice, config):
        asked = input[-1].text
        found = [each for text, each in grades.items() if text in asked]
        return said("grader", f"As I see it.\n\nGRADE: {found[0]}")

    def samples(rows):
        return MemoryDataset(
            [
                Sample(id=row["id"], input=row["prompt"], target=row["target"], metadata={"a": row["a"], "b": row["b"]})
                for row in rows
            ]
        )

    logs = {}
    for side, model, log_format, rows in (
        ("a", study["systems"][0], "eval", study["rows"]),
        ("b", study["systems"][1], "json", study["rows"][::-1]),
    ):
        task = Task(
            name="made",
            dataset=samples(rows),
            solver=canned(side),
            scorer=model_graded_fact(model=get_model("mockllm/grader", custom_outputs=grade), partial_credit=True),
        )
        (log,) = eval(task, model=f"mockllm/{model}", log_format=log_format, log_dir="logs", display="none")
        assert log.status == "success", log.error.message
        logs[side] = log.location.removeprefix("file://")
    value = value_to_float()
    samples_of = {
        side: {
            str(sample.id): {
                "prompt": sample.input,
                "text": sample.output.completion,
                "score": value(sample.scores["model_graded_fact"].value),
            }
            for sample in read_eval_log(path).samples
        }
        for side, path in logs.items()
    }
    return {"logs": logs, "said": samples_of}


def scored(requests):
    """The metric of each scores file over the samples of a log."""
    return [metric_of(**request) for request in requests]


def metric_of(log, scores, metric):
    measure = {"mean": mean, "krippendorff_alpha": krippendorff_alpha}[metric]()
    after = score(read_eval_log(log), precomputed_scores(scores, metrics=[measure]), action="overwrite", display="none")
    (result,) = after.results.scores
    return {"value": result.metrics[metric].value, "samples": result.scored_samples}


answer(write=write, scored=scored)
