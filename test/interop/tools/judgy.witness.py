"""judgy: the success rate that a judge's verdicts stand for, corrected by its errors on the labelled ones."""

import json

from judgy import estimate_success_rate

from answering import answer


def corrected(request):
    with open(request["path"], encoding="utf-8") as file:
        (said,) = [each for each in json.load(file) if each["judge"] == request["judge"]]
    # The card measures a judge on both splits together.
    arrays = {
        "test_labels": said["dev_labels"] + said["test_labels"],
        "test_preds": said["dev_preds"] + said["test_preds"],
        "unlabeled_preds": said["unlabeled_preds"],
    }
    estimate, low, high = estimate_success_rate(**arrays, bootstrap_iterations=100)
    assert low <= estimate <= high
    return {
        "system": said["system"],
        "estimate": float(estimate),
        "labelled": len(arrays["test_labels"]),
        "unlabelled": len(arrays["unlabeled_preds"]),
    }


answer(corrected=corrected)
