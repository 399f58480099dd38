"""The register of lessons: collected from drills, followed up in later ones, put into the plan."""

from drillkit.lessons.fault import LessonFault

__all__ = ["LessonFault"]
