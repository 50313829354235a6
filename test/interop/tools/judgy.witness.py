"""judgy: the success rate that a judge's verdicts stand for, corrected by its errors on the labelled ones."""

import json

from judgy import estimate_success_rate

from answering import answer


def corrected(request):
    with open(request["path"], encoding="utf-8") as file:
        arrays = json.load(file)[request["judge"]]
    estimate, low, high = estimate_success_rate(**arrays, bootstrap_iterations=100)
    assert low <= estimate <= high
    return {
        "estimate": float(estimate),
        "labelled": len(arrays["test_labels"]),
        "unlabelled": len(arrays["unlabeled_preds"]),
    }


answer(corrected=corrected)
