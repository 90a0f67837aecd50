"""Lets the options that all commands have stand anywhere: before the verb, in its midst, or after it."""

import click

_FLAGS = {"--json"}
_WITH_VALUE = {"--data", "--village", "--as"}


class Anywhere(click.Group):
    """A group of commands whose common options are read wherever they stand."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put them behind the verb, where its command reads them."""
        return super().parse_args(ctx, behind_the_verb(self, ctx, args))


def behind_the_verb(group: click.Group, ctx: click.Context, args: list[str]) -> list[str]:
    """Return the words of a command line with the common options that stand before the verb put behind it.

    What stands behind the verb wins where an option is given twice, as everywhere in click.

    Example:
        behind_the_verb(pointsbank, ctx, ["--json", "staff", "--data", "cy", "list"])
        # ["staff", "list", "--json", "--data", "cy"]
    """
    verb: list[str] = []
    moved: list[str] = []
    rest = list(args)
    command: click.Command | None = group
    while rest and isinstance(command, click.Group):
        word = rest.pop(0)
        if word in _FLAGS or (word.partition("=")[0] in _WITH_VALUE and "=" in word):
            moved.append(word)
        elif word in _WITH_VALUE:
            moved += [word, *rest[:1]]
            del rest[:1]
        else:
            verb.append(word)
            # `--help` and whatever is no command: click says what it thinks of it.
            command = None if word.startswith("-") else command.get_command(ctx, word)
    if isinstance(command, click.Group) or command is None:
        return [*verb, *rest]
    return [*verb, *moved, *rest]
