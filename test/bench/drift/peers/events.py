"""A Contract 1 file as the series that a drift library is given, and findings as lines of Contract 3."""

import json


class Series:
    """One thing to watch: values in order, the line each came with, and the line it speaks of (the prediction's, for an error)."""

    def __init__(self, kind, subject, categorical=False):
        self.kind, self.subject, self.categorical = kind, subject, categorical
        self.values, self.lines, self.about = [], [], []

    def add(self, value, line, about=None):
        self.values.append(value)
        self.lines.append(line)
        self.about.append(line if about is None else about)


def number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def read(path):
    """Series by model: each feature (numbers where the first one is a number), the score of the last class, and the error."""
    models = {}
    with open(path) as file:
        for line, text in enumerate(file):
            event = json.loads(text)
            data = event["data"]
            model = models.setdefault(data["model"], {"series": {}, "asked": {}, "early": {}})
            series = model["series"]
            if event["type"] == "ml.prediction.v1":
                for name, value in data["features"].items():
                    if value is None:
                        continue
                    key = ("feature", name)
                    if key not in series:
                        series[key] = Series("drift.feature", {"feature": name}, not number(value))
                    if series[key].categorical:
                        series[key].add(str(value), line)
                    elif number(value):
                        series[key].add(float(value), line)
                scores = data.get("scores")
                if scores:
                    series.setdefault("score", Series("drift.prediction", {})).add(float(list(scores.values())[-1]), line)
                model["asked"][event["id"]] = (data["prediction"], line)
                if event["id"] in model["early"]:
                    error(series, model["early"].pop(event["id"]), data["prediction"], line, line)
            elif event["type"] == "ml.label.v1":
                asked = model["asked"].get(data["prediction"])
                if asked:
                    error(series, data["label"], asked[0], line, asked[1])
                else:
                    model["early"][data["prediction"]] = data["label"]
    return {name: list(model["series"].values()) for name, model in models.items()}


def error(series, label, prediction, line, about):
    off = abs(label - prediction) if number(label) and number(prediction) else float(str(label) != str(prediction))
    series.setdefault("error", Series("drift.concept", {})).add(off, line, about)


def finding(series, model, at, since=None):
    since = at if since is None else since
    return {
        "type": "finding",
        "eventIndex": series.lines[at],
        "onsetIndex": series.about[since],
        "model": model,
        "kind": series.kind,
        "subject": series.subject,
        "incident": f"{series.lines[at]}",
        "verdict": "undetermined",
    }


def coded(values, baseline=2000):
    """Categories as numbers, by how common they are in the baseline."""
    counts = {}
    for value in values[:baseline]:
        counts[value] = counts.get(value, 0) + 1
    order = {value: i for i, value in enumerate(sorted(counts, key=lambda v: -counts[v]))}
    return [order.get(value, len(order)) for value in values]
