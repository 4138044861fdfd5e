"""What is the same for every application that the tests make is made once: code of templates, builders of addresses.

Nothing of what is tested changes: each application reads the same templates and knows the same addresses.
"""

from collections.abc import Callable
from types import CodeType

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule

from dialogue.web.application import Application


class Templates(BytecodeCache):
    """The code of templates, in memory, by name and digest of their source."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code:
            self._kept[bucket.key, bucket.checksum] = bucket.code


Builder = Callable[..., tuple[str, str]]
_builders: dict[tuple[object, ...], Builder] = {}
_compile = Rule._compile_builder


def _builder(rule: Rule, append_unknown: bool = True) -> Builder:
    """What werkzeug compiles of a rule depends on these alone."""
    key = (rule.rule, repr(rule.defaults), repr(rule._trace), append_unknown)
    if key not in _builders:
        _builders[key] = _compile(rule, append_unknown)
    return _builders[key]


def make_applications_quickly() -> None:
    """From now on, in this process."""
    Rule._compile_builder = _builder
    Application.jinja_options = {**Application.jinja_options, "bytecode_cache": Templates()}
