"""The IRO service's annual report to the lead member (IRO Handbook 7.11): figures, words, and a signature."""
