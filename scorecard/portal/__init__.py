"""The portal: streets hand in, the district reviews and builds, leaders read, in a browser.

It is a face of the pipeline and holds no truth of its own: what was handed in stands in store and ledger,
steps are those of `scorecard.cycle`, a report is what `scorecard build` makes. Its database has accounts,
sessions and drafts only.
"""
