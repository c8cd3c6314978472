"""The run, step by step: intake, reading, tracing, weighing, case file, dossier, with the outcome of each.

Nothing here parses the words of a report. Import from the modules below, so that a reading process loads only
what it needs.
"""
