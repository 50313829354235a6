"""DuckDB runs the card's SQL over the tables that Touchstone wrote."""

import os

import duckdb

from answering import answer


def card(folder):
    os.chdir(folder)
    connection = duckdb.connect()
    for table in ("pairs", "votes", "verdicts", "decisions"):
        connection.execute(
            f"CREATE VIEW {table} AS SELECT * FROM read_parquet('{table}/*/*.parquet', hive_partitioning = true)"
        )
    with open("card.sql", encoding="utf-8") as file:
        connection.execute(file.read())
    columns = [column[0] for column in connection.description]
    return [dict(zip(columns, row)) for row in connection.fetchall()]


answer(card=card)
