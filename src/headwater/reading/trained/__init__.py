"""The trained reader: a small language model for who said what, checked, run and turned into places. English only."""
