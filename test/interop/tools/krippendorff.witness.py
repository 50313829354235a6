"""Krippendorff's alpha of raters with unequal counts, of judge and people, and on the scale."""

import krippendorff
import numpy

from answering import answer

CODES = {"first": 0, "tie": 1, "second": 2, None: numpy.nan}


def alpha(votes, level):
    """Votes pair by pair; the library takes them rater by rater."""
    data = numpy.array([[CODES[vote] for vote in row] for row in votes], dtype=float).T
    return krippendorff.alpha(reliability_data=data, level_of_measurement=level)


def measured(study):
    return {
        "alpha_nominal": alpha(study["votes"], "nominal"),
        "alpha_ordinal": alpha(study["votes"], "ordinal"),
        "alpha": alpha(list(zip(study["people"], study["judge"])), "nominal"),
    }


answer(measured=measured)
