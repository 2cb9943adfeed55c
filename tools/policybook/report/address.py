"""Where pages of the site and files to download stand: the one place that names paths."""

from __future__ import annotations

from pathlib import PurePosixPath

from policybook.domain.adoption import Adoption, HomeGrown, PolicyRecord
from policybook.domain.inline import Run
from policybook.domain.model import ModelVersion

HOME = "index.md"
POSITIONS = "positions.md"
HOW_TO_READ = "how-to-read.md"
REVIEWS = "reviews.md"
UPGRADES = "upgrades.md"
WAITING = "waiting.md"
FEED = "feed.xml"
COMPARE = "compare.md"


def policy_page_path(adoption: PolicyRecord) -> str:
    """The page of a school's policy in force."""
    return f"schools/{adoption.school}/{adoption.policy}.md"


def school_page_path(school: str) -> str:
    """The page of a school, with all its policies."""
    return f"schools/{school}/index.md"


def served_page_path(school: str, adoption: PolicyRecord) -> str:
    """The page of a policy that another school's record serves."""
    return f"schools/{school}/{adoption.policy}.md"


def home_grown_file(record: HomeGrown) -> str:
    """The document of a home-grown policy among the files that the site offers."""
    ending = PurePosixPath(record.file).suffix.lower()
    return f"{record.school}/{record.policy}/{record.school}-{record.policy}{ending}"


def side_by_side_path(adoption: Adoption) -> str:
    """The page that shows a school's policy beside its model."""
    return f"schools/{adoption.school}/{adoption.policy}-beside-model.md"


def model_page_path(model: ModelVersion) -> str:
    """The page of a model version."""
    return f"models/{model.id}/{model.version.lower()}.md"


def version_changes_path(model: ModelVersion) -> str:
    """The page that shows a model version beside the one before."""
    return f"models/{model.id}/{model.version.lower()}-changes.md"


def matrix_path(model: ModelVersion) -> str:
    """The page of the matrix of a model version's adoptions."""
    return f"models/{model.id}/{model.version.lower()}-adoptions.md"


def upgrade_path(target: ModelVersion) -> str:
    """The page of what a model version means for the schools on an older one."""
    return f"models/{target.id}/{target.version.lower()}-upgrade.md"


def school_upgrade_path(adoption: Adoption) -> str:
    """The page of what the newest model version means for one school."""
    return f"schools/{adoption.school}/{adoption.policy}-upgrade.md"


def policy_file_stem(adoption: Adoption) -> str:
    """`schools/<school>/<policy>/<school>-<policy>-<version>`, without ending; under `build/documents`."""
    return f"{adoption.school}/{adoption.policy}/{adoption.school}-{adoption.policy}-{adoption.version}"


def side_by_side_stem(adoption: Adoption) -> str:
    """The comparison of a school's policy with its model without ending, under `build/documents`."""
    return f"{policy_file_stem(adoption)}-beside-model"


def redline_stem(adoption: Adoption) -> str:
    """A school's policy with its changes from the model tracked, without ending, under `build/documents`."""
    return f"{policy_file_stem(adoption)}-redline"


def matrix_file_stem(model: ModelVersion) -> str:
    """The matrix without ending, under `build/documents`."""
    return f"models/{model.id}/{model.version}-adoptions"


POSITIONS_FILE_STEM = "positions"
"""The table of positions without ending, under `build/documents`."""


def page_link(path: str, words: str, anchor: str = "") -> Run:
    """Words that lead to a page of the site."""
    return Run(words, link=f"page:{path}" + (f"#{anchor}" if anchor else ""))


def file_link(path: str, words: str) -> Run:
    """Words that lead to a file to download from the site."""
    return Run(words, link=f"file:documents/{path}")
