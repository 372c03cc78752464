"""How far a rank can be trusted: the same data under many reasonable rulebooks and samples.

Whole numbers throughout: the same stored draws give the same ranks on every machine, bit for bit. `gather`
makes a contest of the published tables, `draws` the draws, `simulate` the study, `result` holds it.
"""
