"""Spark runs the card's SQL over the tables that Touchstone wrote."""

import os

from pyspark.sql import SparkSession

from answering import answer


def card(folder):
    session = (
        SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        # The tables are small and the plan is large: it is planned once and interpreted, not planned anew and compiled.
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.sql.adaptive.enabled", "false")
        .config("spark.sql.codegen.wholeStage", "false")
        .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
        .config("spark.sql.warehouse.dir", os.path.abspath("warehouse"))
        .getOrCreate()
    )
    try:
        for table in ("pairs", "votes", "verdicts", "decisions"):
            session.read.parquet(os.path.join(folder, table)).createOrReplaceTempView(table)
        with open(os.path.join(folder, "card.sql"), encoding="utf-8") as file:
            rows = session.sql(file.read().strip().rstrip(";")).collect()
        return [row.asDict() for row in rows]
    finally:
        session.stop()


answer(card=card)
