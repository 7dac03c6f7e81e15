"""Runs a peer over written streams: python run.py <peer> <streams dir> <out dir> [regex on the name]

<streams dir> is what `main.ts --write` made, one seed or all; <out dir> is what `main.ts --read` scores. A peer sees the whole stream, at its end. None of them names
anybody, so that a source or a labeler is accused when more of its rows are flagged than chance allows (binomial, one in twenty streams, all who sent ten rows or more).
"""

import collections
import json
import pathlib
import re
import sys
import time
import warnings

from peers import PEERS
from rows import Rows
from scipy.stats import binom

warnings.filterwarnings("ignore")


def accused(rows, flagged):
    rate = flagged.mean()
    for key, who in rows.people():
        sent, bad = collections.Counter(who), collections.Counter(w for w, f in zip(who, flagged) if f)
        enough = [w for w, n in sent.items() if n >= 10]
        for person in enough:
            if binom.sf(bad[person] - 1, sent[person], rate) < 0.05 / len(enough):
                yield {key: person}


def main(peer, streams, out, only=""):
    for path in sorted(pathlib.Path(streams).glob("**/*.ndjson")):
        if path.stem.endswith(".golden") or not re.search(only, path.stem):
            continue
        before = time.process_time()
        rows = Rows(path)
        suspicion, flagged = PEERS[peer](rows)
        scale = (suspicion - suspicion.min()) / max(1e-12, suspicion.max() - suspicion.min())
        lines = [
            {"type": "finding", "eventIndex": rows.last, "onsetIndex": 0, "kind": "poison.label_flip", "subject": subject, "verdict": "poisoning"}
            for subject in accused(rows, flagged)
        ]
        lines += [{"type": "score", "eventId": i, "suspicion": float(s)} for i, s in zip(rows.ids, scale)]
        target = pathlib.Path(out) / path.parent.name / f"{path.stem}.out.ndjson"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("".join(json.dumps(line) + "\n" for line in lines))
        print(f"{peer} {path.stem}: {time.process_time() - before:.1f} s CPU", file=sys.stderr)


if __name__ == "__main__":
    if len(sys.argv) < 4 or sys.argv[1] not in PEERS:
        sys.exit(f"{__doc__}\npeers: {', '.join(PEERS)}")
    main(*sys.argv[1:])
