"""All local minima of small neural networks, with proof.

The package runs the tool ``allminima`` as a child process; results are plain values around its JSON.
"""

from __future__ import annotations

import json as _json
import os as _os
from pathlib import Path as _Path
from typing import TYPE_CHECKING, Any

from .bifurcations import (
    Bifurcation,
    Branch,
    CriticalMatrix,
    CriticalValue,
    Degrees,
    HalfBranch,
    IndexInterval,
    IsotypicComponent,
    OrbitType,
    Spectrum,
    bifurcate,
)
from .enclosure import Enclosure
from .errors import (
    AllMinimaError,
    IncompleteWarning,
    InvalidData,
    LimitReached,
    MissingDependency,
    ToolFailure,
    UndecidedWarning,
    UsageError,
)
from .infinite import (
    Atom,
    PathEvent,
    PathPiece,
    PathSample,
    RegularisationPath,
    SparseMeasure,
    Stability,
    infinite_width,
    regularisation_path,
)
from .landscape import Component, Landscape, Point, UnitGroup, enumerate
from .location import Descent, Location, locate
from .network import Network
from .result import Result
from .systems import Decomposition, GroebnerBasis, IdealComponent, Solutions, decompose, groebner, solve
from .teachers import (
    Chamber,
    CriticalFamily,
    CriticalForm,
    Dimensions,
    DiscriminantPart,
    Parameters,
    Signature,
    TeacherDiscriminant,
    TeacherLandscape,
    teacher,
    teacher_discriminant,
)

if TYPE_CHECKING:
    from .regressor import AllMinimaRegressor

__all__ = [
    "AllMinimaError",
    "AllMinimaRegressor",
    "Atom",
    "Bifurcation",
    "Branch",
    "Chamber",
    "Component",
    "CriticalFamily",
    "CriticalForm",
    "CriticalMatrix",
    "CriticalValue",
    "Decomposition",
    "Degrees",
    "Descent",
    "Dimensions",
    "DiscriminantPart",
    "Enclosure",
    "GroebnerBasis",
    "HalfBranch",
    "IdealComponent",
    "IncompleteWarning",
    "IndexInterval",
    "InvalidData",
    "IsotypicComponent",
    "Landscape",
    "LimitReached",
    "Location",
    "MissingDependency",
    "Network",
    "OrbitType",
    "Parameters",
    "PathEvent",
    "PathPiece",
    "PathSample",
    "Point",
    "RegularisationPath",
    "Result",
    "Signature",
    "Solutions",
    "SparseMeasure",
    "Spectrum",
    "Stability",
    "TeacherDiscriminant",
    "TeacherLandscape",
    "ToolFailure",
    "UndecidedWarning",
    "UnitGroup",
    "UsageError",
    "bifurcate",
    "decompose",
    "enumerate",
    "groebner",
    "infinite_width",
    "load",
    "locate",
    "regularisation_path",
    "solve",
    "teacher",
    "teacher_discriminant",
]

_TYPES: dict[str, type[Result]] = {
    kind.schema: kind
    for kind in (
        Landscape, Location, SparseMeasure, RegularisationPath, Bifurcation, TeacherLandscape, TeacherDiscriminant,
        GroebnerBasis, Decomposition, Solutions,
    )
}


def load(path: str | _os.PathLike[str]) -> Result:
    """Reads a result that :meth:`Result.save` or the tool has written.

    :raises InvalidData: if the file is no result.
    """
    try:
        value = _json.loads(_Path(path).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise InvalidData(f"{_os.fspath(path)}: {error}") from error
    schema = value.get("schema") if isinstance(value, dict) else None
    if schema not in _TYPES:
        raise InvalidData(f"{_os.fspath(path)} is no result of allminima: its schema is {schema!r}")
    return _TYPES[schema](value)


def __getattr__(name: str) -> Any:
    # scikit-learn is heavy, and not everybody has it.
    if name == "AllMinimaRegressor":
        from .regressor import AllMinimaRegressor

        return AllMinimaRegressor
    raise AttributeError(f"module 'allminima' has no attribute {name!r}")
