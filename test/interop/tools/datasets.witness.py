"""Hugging Face's datasets: loads preference and KTO rows that Touchstone wrote, and writes a preference set of its own."""

from datasets import Dataset, load_dataset

from answering import answer


def loaded(request):
    """Counts of what it loads, by how TRL would take it."""
    preference = load_dataset("json", data_files=request["preference"], split="train", cache_dir="cache")
    kto = load_dataset("json", data_files=request["kto"], split="train", cache_dir="cache")
    return {
        "preferences": len(preference),
        "columns": [name for name in ("prompt", "chosen", "rejected") if name in preference.column_names],
        "completions": len(kto),
        "wanted": sum(kto["label"]),
    }


def written(rows):
    """A conversational set, whose structs are filled with null where a message has no such field."""
    def turn(role, content, index):
        return {"role": role, "content": content, **({"name": None, "tool_calls": None} if index % 2 else {})}

    records = [
        {
            "prompt": [turn("user", row["prompt"], index)],
            "chosen": [turn("assistant", row["chosen"], index)],
            "rejected": [turn("assistant", row["rejected"], index)],
            "chosen_model": row["chosen_model"],
            "rejected_model": row["rejected_model"],
        }
        for index, row in enumerate(rows)
    ]
    dataset = Dataset.from_list(records)
    dataset.to_parquet("set.parquet")
    dataset.to_json("set.jsonl")
    return ["set.parquet", "set.jsonl"]


answer(loaded=loaded, written=written)
