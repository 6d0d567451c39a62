"""What documents are about, with what was worked out of it once, for everybody who opens their page."""

from dataclasses import dataclass

from lib.reports.scope import Scope
from lib.ui.kept import Kept


@dataclass(frozen=True)
class Subject:
    """A scope, shared and with its figures as they were asked for; the digest of the workbook it is of."""

    scope: Scope
    digest: str

    @property
    def key(self) -> tuple:
        """All that its figures depend on."""
        scope = self.scope
        return self.digest, scope.as_of, scope.period, scope.source, scope.mark


_subjects = Kept(6)
"""Each holds the occurrences of a plan on a day."""


def subject_of(digest: str, scope: Scope) -> Subject:
    """The subject of an equal scope that was asked for before, else one of this scope."""
    asked = Subject(scope, digest)
    return _subjects.get(asked.key, lambda: asked)
