"""The scenario packs that come with drillkit: one folder each, under the family of the incident."""
