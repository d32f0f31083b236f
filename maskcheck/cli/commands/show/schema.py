"""``maskcheck schema``: the JSON Schema of the spec."""

from __future__ import annotations

import click

EPILOG = """\b
Example:
  maskcheck schema > maskcheck.schema.json

\b
Editors that know YAML read the schema if the spec, which lies beside it, starts with
  # yaml-language-server: $schema=maskcheck.schema.json
and if their settings name the tags (yaml.customTags in Visual Studio Code):
  !tuple sequence, !array mapping, !tensor mapping, !import scalar, !object mapping
"""


@click.command(short_help="Print the JSON Schema of maskcheck.yaml, for editors.", epilog=EPILOG)
def command() -> None:
    """Print the JSON Schema of maskcheck.yaml, for editors.

    A file that the schema accepts can still be refused by a scan, which also checks what depends on
    other values: that a mask fits its tensor, or that the values fit their dtype.
    """
    from maskcheck.cli.run.output import get_stdout
    from maskcheck.specfile.schema import schema_text

    print(schema_text(), end="", file=get_stdout(), flush=True)
