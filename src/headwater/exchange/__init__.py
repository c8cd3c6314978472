"""Other systems' formats, in and out. Nothing here reads for meaning, opens files or computes a number."""

from headwater.exchange.case_json import SCHEMA, case_json, case_json_bytes
from headwater.exchange.reading_json import maker_words, reading_line

__all__ = ["SCHEMA", "case_json", "case_json_bytes", "maker_words", "reading_line"]
