"""Spreadsheets (OOXML): their visible cells as passages, filled in place."""
