"""What counts the portraits: DuckDB in each process, or a Spark cluster over a data set that `maillage facts` wrote."""

import os

FACTS_ENGINE = os.environ.get("MAILLAGE_ENGINE") or "duckdb"
FACTS_FOLDER = os.environ.get("MAILLAGE_FACTS", "")
FACTS_MAX_AGE = os.environ.get("MAILLAGE_FACTS_MAX_AGE") or "0"
SPARK_MASTER = os.environ.get("MAILLAGE_SPARK_MASTER") or "local[*]"
