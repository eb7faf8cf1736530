"""Optimizers as values. Defaults are those of Keras 3."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True)
class OptimizerSpec:
    """An optimizer by class and the settings that are judged."""

    learning_rate: float = 0.001

    @property
    def kind(self) -> str:
        """The name of the Keras class."""
        return type(self).__name__

    @property
    def settings(self) -> dict[str, float]:
        """The settings that are judged."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True)
class Adam(OptimizerSpec):
    """Adam (Kingma & Ba 2015)."""

    beta_1: float = 0.9
    beta_2: float = 0.999


@dataclass(frozen=True)
class RMSprop(OptimizerSpec):
    """RMSprop (Hinton's lecture 6e)."""

    rho: float = 0.9
    momentum: float = 0.0
