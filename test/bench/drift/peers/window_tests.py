"""Tests of a window of 500 against the first 2,000: Evidently's own choice of test and threshold, and Frouros' tests at 5 %, divided by the columns."""

import numpy as np
import pandas as pd

from events import finding

BASELINE = 2000
WINDOW = 500


def watch(model, all_series, drifted):
    found = []
    for series in all_series:
        reference = series.values[:BASELINE]
        if len(reference) < BASELINE:
            continue
        for start in range(BASELINE, len(series.values) - WINDOW + 1, WINDOW):
            if drifted(series, reference, series.values[start : start + WINDOW], len(all_series)):
                found.append(finding(series, model, start + WINDOW - 1, start))
    return found


def evidently(model, all_series):
    from evidently.legacy.calculations.stattests import get_stattest
    from evidently.legacy.core import ColumnType

    def drifted(series, reference, current, _):
        kind = ColumnType.Categorical if series.categorical else ColumnType.Numerical
        a, b = pd.Series(reference), pd.Series(current)
        test = get_stattest(a, b, kind, None)
        return bool(test(a, b, kind, None).drifted)

    return watch(model, all_series, drifted)


def frouros(model, all_series):
    from frouros.detectors.data_drift import ChiSquareTest, KSTest

    def drifted(series, reference, current, columns):
        dtype = object if series.categorical else float
        test = ChiSquareTest() if series.categorical else KSTest()
        test.fit(X=np.array(reference, dtype=dtype))
        result, _ = test.compare(X=np.array(current, dtype=dtype))
        return result.p_value < 0.05 / columns

    return watch(model, all_series, drifted)
