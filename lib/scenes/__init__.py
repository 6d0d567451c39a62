"""The meeting's scenes as data: what each says and the figures it rests on, for the projector and for slides."""

from lib.scenes.material import Material
from lib.scenes.parts import Bars, Block, Cell, Column, Figure, Figures, Grid, Lead, ModelCards, Proposal, Scene, Table
from lib.scenes.script import Known, arranged, expanded, known, scenes
from lib.scenes.since import Since

__all__ = [
    "Bars",
    "Block",
    "Cell",
    "Column",
    "Figure",
    "Figures",
    "Grid",
    "Known",
    "Lead",
    "Material",
    "ModelCards",
    "Proposal",
    "Scene",
    "Since",
    "Table",
    "arranged",
    "expanded",
    "known",
    "scenes",
]
