"""The example data folders, made from the small data files beside this module and from the rulebook."""
