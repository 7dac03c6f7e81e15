"""River's detectors one value at a time, each with its defaults. Page-Hinkley assumes a scale, so that numbers are standardised by their first 2,000."""

from river import drift
from river.drift import binary

from events import coded, finding

BASELINE = 2000


def standardised(values):
    head = values[:BASELINE]
    mean = sum(head) / len(head)
    sd = (sum((v - mean) ** 2 for v in head) / len(head)) ** 0.5 or 1.0
    return [(v - mean) / sd for v in values]


def watch(model, all_series, detector_of):
    found = []
    for series in all_series:
        if len(series.values) < 50:
            continue
        values = standardised(coded(series.values) if series.categorical else series.values)
        is_error = series.kind == "drift.concept" and set(series.values) <= {0.0, 1.0}
        detector = detector_of(series, is_error)
        for i, value in enumerate(values):
            detector.update(bool(series.values[i]) if isinstance(detector, binary.HDDM_A) else value)
            # Nothing counts before the baseline is over, as for everyone here.
            if detector.drift_detected and i >= BASELINE:
                found.append(finding(series, model, i))
    return found


def adwin(model, series):
    return watch(model, series, lambda *_: drift.ADWIN())


def page_hinkley(model, series):
    """Errors: HDDM_A where they are right or wrong, KSWIN where they have a size."""

    def detector_of(series_of, is_error):
        if series_of.kind != "drift.concept":
            return drift.PageHinkley()
        return binary.HDDM_A() if is_error else drift.KSWIN(seed=1)

    return watch(model, series, detector_of)
