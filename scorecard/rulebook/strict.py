"""The base of every table of a rulebook."""

from pydantic import BaseModel, ConfigDict


class Strict(BaseModel):
    """Unknown keys are errors; a loaded object never changes."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=False)
