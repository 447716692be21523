"""Wireframes: screens as data, a small design system, and the rules by which the one is checked against the other."""

from cxux_helpers.wireframes.consistency import CONSISTENCY_RULES, consistency_between
from cxux_helpers.wireframes.design_systems import (
    EXAMPLE_SYSTEM,
    PRIMARY_SIDES,
    TARGET_MINIMUM,
    ActionWords,
    ComponentStyle,
    DesignSystem,
    TextSize,
    design_system_from_json,
    design_system_to_json,
)
from cxux_helpers.wireframes.rules import (
    SEVERITIES,
    WIREFRAME_RULES,
    WireframeRule,
    wireframe_findings,
    wireframe_score,
)
from cxux_helpers.wireframes.screens import (
    COMPONENT_KINDS,
    EMPHASES,
    TARGET_KINDS,
    Component,
    Wireframe,
    component_in_words,
    wireframe_from_json,
    wireframe_to_json,
)

__all__ = [
    "COMPONENT_KINDS",
    "CONSISTENCY_RULES",
    "EMPHASES",
    "EXAMPLE_SYSTEM",
    "PRIMARY_SIDES",
    "SEVERITIES",
    "TARGET_KINDS",
    "TARGET_MINIMUM",
    "WIREFRAME_RULES",
    "ActionWords",
    "Component",
    "ComponentStyle",
    "DesignSystem",
    "TextSize",
    "Wireframe",
    "WireframeRule",
    "component_in_words",
    "consistency_between",
    "design_system_from_json",
    "design_system_to_json",
    "wireframe_findings",
    "wireframe_from_json",
    "wireframe_score",
    "wireframe_to_json",
]
