"""``maskcheck help``: the pages of the documentation, in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from maskcheck.docs import list_pages, page_files, read_page

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

# Prose is hard to read in longer lines.
_WIDEST = 100


def _complete_page(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    begun = incomplete.lower()
    lines = list_pages()
    return [
        CompletionItem(name, help=lines.get(name)) for name in page_files() if name.lower().startswith(begun)
    ]


@click.command(short_help="Show a page of the documentation, or list the pages.")
@click.argument("page", required=False, metavar="[PAGE]", shell_complete=_complete_page)
@click.pass_context
def command(ctx: click.Context, page: str | None) -> None:
    """Show a page of the documentation, or list the pages.

    PAGE is one of the list, the code or name of a rule, or a command. On a terminal it is laid out for
    reading, elsewhere it is the Markdown.
    """
    if page is None:
        _print_list(ctx)
        return
    pages = page_files()
    path = next((path for name, path in pages.items() if name.lower() == page.lower()), "")
    if path:
        _print_page(read_page(path))
        return
    from maskcheck.cli.app import COMMANDS, commands

    named = commands.get_command(ctx, page)
    if named:
        with click.Context(named, info_name=page, parent=ctx.parent) as context:
            click.echo(named.get_help(context))
        return
    from maskcheck.errors import UsageError, did_you_mean

    hint = did_you_mean(page, [*pages, *COMMANDS])
    raise UsageError(f"there is no page {page!r}", hint=hint or "'maskcheck help' lists them")


def _print_list(ctx: click.Context) -> None:
    formatter = ctx.make_formatter()
    formatter.write_dl(list(list_pages().items()))
    formatter.write_paragraph()
    formatter.write_text("'maskcheck help PAGE' shows one; 'maskcheck help MC101' that of a rule.")
    click.echo(formatter.getvalue(), nl=False)


def _print_page(text: str) -> None:
    from maskcheck.cli.run.output import get_stdout, open_screen

    stream = get_stdout()
    if not stream.isatty():
        stream.write(text)
        stream.flush()
        return
    from rich.markdown import Markdown

    shown = open_screen()
    width = min(shown.page.width or _WIDEST, _WIDEST)
    # The target of a link names its page; nothing could follow it.
    shown.console.print(Markdown(text, hyperlinks=False), width=width)
