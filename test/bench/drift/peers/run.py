"""Runs a peer over written streams: python run.py <peer> <streams dir> <out dir> [regex on the name]

<streams dir> is what `main.ts --write` made, one seed or all; <out dir> is what `main.ts --read` scores.
"""

import json
import pathlib
import re
import sys
import time
import warnings

import stream_detectors
import window_tests
from events import read

warnings.filterwarnings("ignore")

PEERS = {
    "river-adwin": stream_detectors.adwin,
    "river-page-hinkley": stream_detectors.page_hinkley,
    "evidently": window_tests.evidently,
    "frouros": window_tests.frouros,
}


def main(peer, streams, out, only=""):
    lines, spent = 0, 0.0
    for path in sorted(pathlib.Path(streams).glob("**/*.ndjson")):
        if not re.search(only, path.stem):
            continue
        models = read(path)
        before = time.process_time()
        found = [f for model, series in models.items() for f in PEERS[peer](model, series)]
        spent += time.process_time() - before
        lines += sum(len(s.values) for series in models.values() for s in series[:1])
        target = pathlib.Path(out) / path.parent.name / f"{path.stem}.findings.ndjson"
        target.parent.mkdir(parents=True, exist_ok=True)
        found.sort(key=lambda f: f["eventIndex"])
        target.write_text("".join(json.dumps(f) + "\n" for f in found))
    print(f"{peer}: {lines / max(spent, 1e-9):.0f} predictions a second", file=sys.stderr)


if __name__ == "__main__":
    if len(sys.argv) < 4 or sys.argv[1] not in PEERS:
        sys.exit(f"{__doc__}\npeers: {', '.join(PEERS)}")
    main(*sys.argv[1:])
