"""Set-based work over collections: shared wording, reports of one event, every place of a passage. Knows no meaning.

Named SQL steps and functions of rows over Arrow and Parquet, executed by DuckDB on one machine or Spark on a cluster.
Import from the modules below: `ledger` is light, what reads and writes Parquet is not.
"""
