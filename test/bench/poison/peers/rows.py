"""The training rows of a Contract 1 file as what a library is given: one matrix, labels, who sent and who labelled each row."""

import json

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction import FeatureHasher
from sklearn.feature_extraction.text import HashingVectorizer


class Rows:
    def __init__(self, path):
        self.ids, self.sources, self.lines, self.data = [], [], [], []
        self.last = 0
        with open(path) as file:
            for line, text in enumerate(file):
                event = json.loads(text)
                self.last = line
                if event["type"] == "ml.training.v1":
                    self.ids.append(event["id"])
                    self.sources.append(event["source"])
                    self.lines.append(line)
                    self.data.append(event["data"])
        labels = [d["label"] for d in self.data]
        self.is_text = any(d.get("text") for d in self.data[:50])
        self.is_number = all(isinstance(y, (int, float)) for y in labels) and len(set(labels)) > 2
        if self.is_number:
            self.y = np.array(labels, float)
        else:
            self.names = sorted({str(y) for y in labels})
            self.y = np.array([self.names.index(str(y)) for y in labels])
        self.x = matrix(self.data)

    def people(self):
        """(key of the subject, ids of who it is for each row): origins, and labelers where there are any."""
        yield "origin", [d["origin"]["id"] for d in self.data]
        if any("labeler" in d for d in self.data):
            yield "labeler", [d.get("labeler", "") for d in self.data]


def number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def matrix(data):
    """Numbers standardised, categories and segments hashed to 512 columns, words and pairs of words to 4,096, embeddings as they are."""
    keys = sorted({k for d in data[:500] for k, v in d["features"].items() if number(v)})
    dense = np.array([[v if number(v := d["features"].get(k)) else 0.0 for k in keys] for d in data]).reshape(len(data), -1)
    dense = np.nan_to_num((dense - dense.mean(0)) / (dense.std(0) + 1e-9))
    width = max(len(d.get("embedding") or []) for d in data)
    if width:
        dense = np.hstack([dense, np.array([d.get("embedding") or [0.0] * width for d in data])])
    kinds = [
        [f"{k}={v}" for k, v in [*d["features"].items(), *(d.get("segment") or {}).items()] if not number(v)] for d in data
    ]
    parts = [csr_matrix(dense), FeatureHasher(512, input_type="string").transform(kinds)]
    if any(d.get("text") for d in data[:50]):
        parts.append(HashingVectorizer(n_features=4096, ngram_range=(1, 2)).transform([d.get("text") or "" for d in data]))
    return hstack(parts).tocsr()
