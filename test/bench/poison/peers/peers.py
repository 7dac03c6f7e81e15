"""What others make of the rows, all of them in hand: a suspicion for each row (higher is worse) and which rows they flag."""

import numpy as np
from sklearn.decomposition import TruncatedSVD
from sklearn.ensemble import IsolationForest, RandomForestClassifier, RandomForestRegressor
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict
from sklearn.neighbors import NearestNeighbors


def out_of_fold(rows):
    if rows.is_number:
        model = RandomForestRegressor(60, min_samples_leaf=3, n_jobs=1, random_state=1)
        return cross_val_predict(model, small(rows), rows.y, cv=3)
    if rows.is_text:
        model, x = LogisticRegression(C=5, max_iter=200), rows.x
    else:
        model, x = RandomForestClassifier(100, min_samples_leaf=2, n_jobs=1, random_state=1), small(rows)
    return cross_val_predict(model, x, rows.y, cv=3, method="predict_proba")


def small(rows, size=48):
    """Dense columns for what cannot take sparse ones."""
    return TruncatedSVD(size, random_state=1).fit_transform(rows.x) if rows.x.shape[1] > size else rows.x.toarray()


def cleanlab(rows):
    """Confident learning over out-of-fold predictions (Northcutt et al. 2021), the filter and the scores with their defaults."""
    predicted = out_of_fold(rows)
    if rows.is_number:
        from cleanlab.regression.rank import get_label_quality_scores

        quality = get_label_quality_scores(rows.y, predicted)
        return 1 - quality, quality < np.quantile(quality, 0.05)
    from cleanlab.filter import find_label_issues
    from cleanlab.rank import get_label_quality_scores

    return 1 - get_label_quality_scores(rows.y, predicted), find_label_issues(rows.y, predicted)


def knn_shapley(rows, k=10, held=1000):
    """Exact Shapley values of a k-nearest-neighbour classifier for rows held out evenly (Jia et al. 2019); the worst 5 % are flagged."""
    x = small(rows)
    asked = np.linspace(0, len(x) - 1, min(held, len(x) // 4)).astype(int)
    taught = np.setdiff1d(np.arange(len(x)), asked)
    n = len(taught)
    right = rows.y[taught]
    order = NearestNeighbors(n_neighbors=n).fit(x[taught]).kneighbors(x[asked], return_distance=False) if n < 3000 else None
    value = np.zeros(n)
    weight = np.minimum(k, np.arange(1, n)) / (k * np.arange(1, n))
    for at, row in enumerate(asked):
        near = order[at] if order is not None else np.argsort(((x[taught] - x[row]) ** 2).sum(1), kind="stable")
        spread = rows.y.std() + 1e-9
        match = -np.abs(right[near] - rows.y[row]) / spread if rows.is_number else (right[near] == rows.y[row]).astype(float)
        s = np.empty(n)
        s[-1] = match[-1] / n
        s[:-1] = s[-1] + np.cumsum(((match[:-1] - match[1:]) * weight)[::-1])[::-1]
        value[near] += s / len(asked)
    suspicion = np.full(len(x), -np.median(value))
    suspicion[taught] = -value
    return suspicion, suspicion >= np.quantile(suspicion, 0.95)


def isolation_forest(rows):
    """Isolation forest over the columns and the label, with its default contamination of a tenth cut to 5 %."""
    x = np.hstack([small(rows), (rows.y if rows.is_number else np.eye(len(rows.names))[rows.y]).reshape(len(rows.y), -1)])
    suspicion = -IsolationForest(random_state=1, n_jobs=1).fit(x).score_samples(x)
    return suspicion, suspicion >= np.quantile(suspicion, 0.95)


def spectral_signatures(rows):
    """Spectral signatures (Tran et al. 2018) by class over the columns, as ART has it: the 5 % of a class that stick out most."""
    x = small(rows)
    suspicion, flagged = np.zeros(len(x)), np.zeros(len(x), bool)
    for y in np.unique(rows.y) if not rows.is_number else [None]:
        own = np.flatnonzero(rows.y == y) if y is not None else np.arange(len(x))
        centred = x[own] - x[own].mean(0)
        score = (centred @ np.linalg.svd(centred, full_matrices=False)[2][0]) ** 2
        suspicion[own] = score.argsort().argsort() / len(own)
        flagged[own] = score >= np.quantile(score, 0.95)
    return suspicion, flagged


PEERS = {
    "cleanlab": cleanlab,
    "knn-shapley": knn_shapley,
    "isolation-forest": isolation_forest,
    "spectral-signatures": spectral_signatures,
}
