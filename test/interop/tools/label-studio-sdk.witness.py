"""Label Studio's own interface: tasks that Touchstone wrote are valid for it; its converter writes annotations that come in."""

import json
import os

from label_studio_sdk.converter import Converter
from label_studio_sdk.label_interface import LabelInterface

from answering import answer

def valid(request):
    """Every annotation and prediction, by its own validation; and that nobody is named in a way that its import refuses."""
    with open(request["path"], encoding="utf-8") as file:
        tasks = json.load(file)
    interface = LabelInterface(request["config"])
    wrong, chosen, controls = [], {}, set()
    for task in tasks:
        assert interface.validate_task({"data": task["data"]}), task["data"]
        for kind in ("annotations", "predictions"):
            for each in task[kind]:
                wrong += interface.validate_prediction({"result": each["result"]}, return_errors=True)
                by = each.get("completed_by")
                if isinstance(by, str) and "@" not in by:
                    wrong.append(f"completed_by {by} is neither a number nor an address")
                for region in each["result"]:
                    controls.add(region["from_name"])
                    said = region["value"].get("selected") or region["value"].get("choices", [None])[0]
                    if said is None:
                        continue
                    chosen.setdefault(kind, {}).setdefault(said, 0)
                    chosen[kind][said] += 1
    return {"tasks": len(tasks), "wrong": wrong[:5], "chosen": chosen, "controls": sorted(controls)}


def converted(request):
    """What its converter writes of tasks as JSON."""
    with open("tasks.json", "w", encoding="utf-8") as file:
        json.dump(request["tasks"], file)
    Converter(request["config"], project_dir=".").convert_to_json("tasks.json", "converted", is_dir=False)
    (name,) = os.listdir("converted")
    return os.path.join("converted", name)


answer(valid=valid, converted=converted)
