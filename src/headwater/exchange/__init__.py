"""Other systems' formats, in and out. Nothing here reads for meaning, opens files or computes a number."""

from headwater.exchange.case_json import SCHEMA, case_json, case_json_bytes

__all__ = ["SCHEMA", "case_json", "case_json_bytes"]
