"""ppi_py: the prediction-powered mean of labels, weighted as PPI++ does, and its interval."""

from ppi_py import ppi_mean_ci, ppi_mean_pointestimate
import numpy

from answering import answer


def powered(arrays):
    y, y_hat, unlabelled = (numpy.array(arrays[name], dtype=float) for name in ("labels", "judged", "unlabelled"))
    low, high = ppi_mean_ci(y, y_hat, unlabelled, alpha=0.05)
    return {"estimate": ppi_mean_pointestimate(y, y_hat, unlabelled).item(), "interval": [low.item(), high.item()]}


answer(powered=powered)
