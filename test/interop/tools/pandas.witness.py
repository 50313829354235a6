"""pandas: writes native rows as tables, and writes again the CSV that Touchstone wrote."""

import pandas

from answering import answer, lines

WAYS = {
    "json_lines": ("rows.jsonl", lambda frame, path: frame.to_json(path, orient="records", lines=True)),
    "parquet": ("rows.parquet", lambda frame, path: frame.to_parquet(path)),
}
CSV_WAYS = {
    "csv": ("again.csv", {}),
    "semicolons": ("semicolons.csv", {"sep": ";", "encoding": "utf-8-sig"}),
    "tabs": ("tabs.txt", {"sep": "\t"}),
    "utf_16": ("utf-16.csv", {"encoding": "utf-16"}),
    "with_index": ("with-index.csv", {"index": True}),
    "gzip": ("again.csv.gz", {"compression": "gzip"}),
}


def written(path):
    """Rows in which optional fields are missing here and there, which a table fills with null."""
    frame = pandas.DataFrame(lines(path))
    for name, write in WAYS.values():
        write(frame, name)
    return {way: name for way, (name, _) in WAYS.items()}


def again(path):
    """A CSV of ours, read and written as people's programs do."""
    frame = pandas.read_csv(path, keep_default_na=False, dtype=str)
    for name, options in CSV_WAYS.values():
        frame.to_csv(name, **{"index": False, **options})
    return {"rows": len(frame), "files": {way: name for way, (name, _) in CSV_WAYS.items()}}


answer(written=written, again=again)
