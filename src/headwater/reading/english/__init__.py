"""Rules for English, one step a module: marks, sentences, cues, attribution, indirect speech, mentions, figures."""
