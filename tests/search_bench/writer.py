"""Writes the index once and prints processor seconds and peak memory: `writer.py ours|lunr|same NUMBER`.

`lunr` reads words by itself, as one would use it; `same` is given the words and stems that ours holds.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from dataclasses import asdict, astuple
from pathlib import Path

from lunr import lunr
from lunr.builder import Builder
from searching import BLOCK, pieces_by_beginning

from search_bench.corpus import articles
from site_builder import files
from site_builder.site import index
from site_builder.site.index import BOOSTS, Document
from site_builder.site.search import Share, block, index_files
from site_builder.site.words import stem, words


def main() -> None:
    """Prints one line of JSON."""
    who, number = sys.argv[1], int(sys.argv[2])
    made = articles(number, files.read_register(Path()))
    documents = [
        Document(
            each.metadata.title or "", each.metadata.authority or "", " ".join(each.metadata.themes), "", each.body
        )
        for each in made
    ]
    before = _memory()
    start = time.process_time()
    if who == "ours":
        shares = [Share(index.words_of(*astuple(each)), "", ()) for each in documents]
        blocks = [block(0, shares[at : at + BLOCK]) for at in range(0, number, BLOCK)]
        index_files({}, [number], [index.beginning(*pieces) for pieces in pieces_by_beginning(blocks, {})])
    elif who == "lunr":
        fields = [{"field_name": name, "boost": boost} for name, boost in BOOSTS.items()]
        lunr("ref", fields, [{"ref": ref} | asdict(each) for ref, each in enumerate(documents)]).serialize()
    else:
        builder = Builder()
        builder.ref("ref")
        builder.b(0)
        for name, boost in BOOSTS.items():
            builder.field(name, boost)
        for ref, each in enumerate(documents):
            read = {name: words(text) for name, text in asdict(each).items()}
            builder.add({"ref": ref} | {name: found + [stem(word) for word in found] for name, found in read.items()})
        builder.build().serialize()
    print(json.dumps({"seconds": time.process_time() - start, "megabytes": _memory() - before}))  # noqa: T201


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
