"""Label Studio's own interface: tasks that Touchstone wrote are valid for it; its converter writes annotations that come in."""

import json
import os

from label_studio_sdk.converter import Converter
from label_studio_sdk.label_interface import LabelInterface

from answering import answer

CONFIG = """
<View>
  <Text name="left" value="$left"/>
  <Text name="right" value="$right"/>
  <Pairwise name="pw" toName="left,right"/>
  <Choices name="tie" toName="left"><Choice value="Tie"/><Choice value="Both bad"/></Choices>
  <TextArea name="rater" toName="left"/>
  <TextArea name="shown" toName="left"/>
</View>
"""


def valid(path):
    """Every annotation and prediction, by its own validation; and that nobody is named in a way that its import refuses."""
    with open(path, encoding="utf-8") as file:
        tasks = json.load(file)
    interface = LabelInterface(CONFIG)
    wrong, chosen = [], {}
    for task in tasks:
        assert interface.validate_task({"data": task["data"]}), task["data"]
        for kind in ("annotations", "predictions"):
            for each in task[kind]:
                wrong += interface.validate_prediction({"result": each["result"]}, return_errors=True)
                by = each.get("completed_by")
                if isinstance(by, str) and "@" not in by:
                    wrong.append(f"completed_by {by} is neither a number nor an address")
                for region in each["result"]:
                    said = region["value"].get("selected") or region["value"].get("choices", [None])[0]
                    if said is None:
                        continue
                    chosen.setdefault(kind, {}).setdefault(said, 0)
                    chosen[kind][said] += 1
    return {"tasks": len(tasks), "wrong": wrong[:5], "chosen": chosen}


def converted(tasks):
    """What its converter writes of tasks as JSON."""
    with open("tasks.json", "w", encoding="utf-8") as file:
        json.dump(tasks, file)
    Converter(CONFIG, project_dir=".").convert_to_json("tasks.json", "converted", is_dir=False)
    (name,) = os.listdir("converted")
    return os.path.join("converted", name)


answer(valid=valid, converted=converted)
