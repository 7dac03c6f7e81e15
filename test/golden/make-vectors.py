"""Makes the vectors that lib/stats is tested against. Needs scipy; run from the repository's root: python3 test/golden/make-vectors.py"""
import json
import pathlib

import numpy as np
from scipy import special, stats

here = pathlib.Path(__file__).parent
z = [-37, -20, -8, -5, -3.1, -2.5, -1.96, -1, -0.3, 0, 1e-9, 0.5, 1.2, 2.4, 2.6, 4, 6, 8]
p = [1e-300, 1e-40, 1e-12, 0.0005, 0.02, 0.03, 0.14, 0.25, 0.5, 0.625, 0.97, 0.9995, 1 - 1e-9]
x = [0.1, 0.5, 1, 1.5, 3, 7.25, 20, 101, 1e4, 2.5e6]
binomial = [(0, 10, 0.1), (3, 10, 0.1), (10, 10, 0.9), (40, 2000, 0.03), (999, 1000, 0.5)]
wilson = [(0, 10), (3, 10), (10, 10), (40, 2000), (500, 1000)]
sample = np.random.default_rng(5).normal(size=200).round(6)
out = {
    "normalCdf": [[a, float(stats.norm.cdf(a))] for a in z],
    "normalQuantile": [[a, float(stats.norm.ppf(a))] for a in p],
    "logGamma": [[a, float(special.gammaln(a))] for a in x],
    "logBinomial": [[k, n, q, float(stats.binom.logpmf(k, n, q))] for k, n, q in binomial],
    "wilson": [[k, n, *map(float, stats.binomtest(k, n).proportion_ci(0.95, "wilson"))] for k, n in wilson],
    "quantile": {
        "sample": sorted(map(float, sample)),
        "at": [[q, float(np.quantile(sample, q))] for q in (0, 0.01, 0.25, 0.5, 0.8413, 0.995, 1)],
    },
}
(here / "stats.golden.json").write_text(json.dumps(out, indent=1) + "\n")
