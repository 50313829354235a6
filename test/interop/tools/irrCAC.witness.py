"""irrCAC: Gwet's AC1, Fleiss' kappa and Krippendorff's alpha, of raters with unequal counts and of judge and people."""

import pandas
from irrCAC.raw import CAC

from answering import answer


def coefficients(votes):
    cac = CAC(pandas.DataFrame(votes), digits=12)
    return {
        name: float(result["est"]["coefficient_value"])
        for name, result in (("gwet", cac.gwet()), ("fleiss", cac.fleiss()), ("krippendorff", cac.krippendorff()))
    }


def measured(study):
    return {"raters": coefficients(study["votes"]), "judge": coefficients(list(zip(study["people"], study["judge"])))}


answer(measured=measured)
