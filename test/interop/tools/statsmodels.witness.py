"""statsmodels: kappa with its standard error, Fleiss' kappa where all raters vote."""

import numpy
from statsmodels.stats.inter_rater import aggregate_raters, cohens_kappa, fleiss_kappa, to_table
from statsmodels.stats.proportion import proportion_confint

from answering import answer

CODES = {"first": 0, "tie": 1, "second": 2}


def coded(labels):
    return numpy.array([CODES[label] for label in labels])


def measured(study):
    table, _ = to_table(numpy.column_stack([coded(study["people"]), coded(study["judge"])]), bins=3)
    plain, weighted = cohens_kappa(table), cohens_kappa(table, wt="linear")
    agreed, n = int(numpy.trace(table)), int(table.sum())
    low, high = proportion_confint(agreed, n, method="wilson")
    full = [row for row in study["full"]]
    counts, _ = aggregate_raters(numpy.array([coded(row) for row in full]), n_cat=3)
    return {
        "people": {
            "kappa": plain.kappa,
            "kappa_standard_error": plain.std_kappa,
            "weighted_kappa": weighted.kappa,
            "agreement": agreed / n,
        },
        "interval": [low, high],
        "fleiss": fleiss_kappa(counts, method="fleiss"),
    }


answer(measured=measured)
