"""The engine: set-based work over collections of any size. It joins and counts; what it means is not its business.

Import from the modules below: `ledger` is light, what reads and writes Parquet is not.
"""
