"""scikit-learn's measures of two labellings."""

from sklearn.metrics import accuracy_score, cohen_kappa_score, f1_score, precision_score, recall_score

from answering import answer

SCALE = ["first", "tie", "second"]


def measured(study):
    people, judge = study["people"], study["judge"]
    macro = {"average": "macro", "zero_division": 0}
    pairs = [(a, b) for a, b, in zip(*study["two"]) if a is not None and b is not None]
    return {
        "people": {
            "agreement": accuracy_score(people, judge),
            "kappa": cohen_kappa_score(people, judge),
            "weighted_kappa": cohen_kappa_score(people, judge, labels=SCALE, weights="linear"),
            "macro_precision": precision_score(people, judge, **macro),
            "macro_recall": recall_score(people, judge, **macro),
            "macro_f1": f1_score(people, judge, **macro),
        },
        "two": {
            "agreement": accuracy_score(*zip(*pairs)),
            "kappa": cohen_kappa_score(*zip(*pairs)),
        },
    }


answer(measured=measured)
