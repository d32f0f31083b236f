"""Layers by chance from a small grammar, each with one fault that an edit can mend."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

HEAD = "import keras\nimport tensorflow as tf\n"
# Arguments by name: the default as text, and what call does with the value.
ARGUMENTS: Mapping[str, tuple[str, str]] = {
    "factor": ("1.5", "x = x * {0}"),
    "shift": ("0.5", "x = x + {0}"),
    "times": ("2", "x = x * float({0} + 1)"),
    "upwards": ("True", "x = x if {0} else -x"),
    "mode": ('"add"', 'x = x + 1.0 if {0} == "add" else x - 1.0'),
}
FAULTS = (
    "missing key",
    "another value",
    "no keywords",
    "keywords kept",
    "fixed name",
    "no super config",
    "key taken out",
    "from_config forgets",
    "from_config pops",
    "not registered",
    "unbuilt part",
    "untracked variable",
)


@dataclass(frozen=True)
class Plan:
    """What is chosen for one class."""

    name: str
    fault: str
    arguments: tuple[str, ...]
    # The attribute that holds each argument.
    places: Mapping[str, str]
    chance: Random

    def has(self, fault: str) -> bool:
        """Tell whether this is the fault of the class."""
        return self.fault == fault


Lines = list[str]


def write_module(seed: int, faults: Sequence[str] = FAULTS) -> str:
    """Return the source of one class for each fault."""
    classes = [_write_class(_make_plan(Random(f"{seed} {fault}"), fault)) for fault in faults]
    return "\n\n".join([HEAD, *classes])


def _make_plan(chance: Random, fault: str) -> Plan:
    arguments = tuple(chance.sample(sorted(ARGUMENTS), chance.randint(1, 3)))
    if fault == "another value":
        arguments = (*(name for name in arguments if name != "factor"), "factor")
    places = {name: chance.choice((name, f"_{name}")) for name in arguments}
    return Plan(
        "".join(word.title() for word in fault.replace("_", " ").split()), fault, arguments, places, chance
    )


def _write_class(plan: Plan) -> str:
    unit = plan.chance.choice(("    ", "    ", "  "))
    parts: list[Callable[[Plan], Lines]] = [
        _write_init,
        _write_build,
        _write_call,
        _write_config,
        _write_factory,
    ]
    methods = [lines for write in parts if (lines := write(plan))]
    told = [f'"""{plan.name}, by chance."""', ""] if plan.chance.random() < 0.5 else []
    body = [*told, *[line for lines in methods for line in ("", *lines)][1:]]
    head = (
        [] if plan.has("not registered") else ['@keras.saving.register_keras_serializable(package="chance")']
    )
    lines = [
        *head,
        f"class {plan.name}(keras.layers.Layer):",
        *(f"\t{line}" if line else "" for line in body),
    ]
    text = "\n".join(lines).replace("\t", unit) + "\n"
    return text.replace('"', "'") if plan.chance.random() < 0.3 and '"""' not in text else text


def _write_init(plan: Plan) -> Lines:
    keywords = [] if plan.has("no keywords") else ["**kwargs"]
    parameters = [f"{name}={ARGUMENTS[name][0]}" for name in plan.arguments]
    handed = "" if plan.has("no keywords") or plan.has("keywords kept") else "**kwargs"
    if plan.has("fixed name"):
        handed = 'name="fixed"'
        keywords = []
    lines = [f"def __init__({', '.join(['self', *parameters, *keywords])}):", f"\tsuper().__init__({handed})"]
    for name in plan.arguments:
        comment = plan.chance.choice(("", "", "  # as given", f"  # the {name}"))
        lines.append(f"\tself.{plan.places[name]} = {name}{comment}")
    if plan.has("unbuilt part"):
        lines.append("\tself.dense = keras.layers.Dense(3)")
    return lines


def _write_build(plan: Plan) -> Lines:
    if plan.has("untracked variable"):
        return ["def build(self, input_shape):", "\tself.scale = tf.Variable(tf.ones((input_shape[-1],)))"]
    if plan.has("unbuilt part") and plan.chance.random() < 0.5:
        return ["def build(self, input_shape):", "\tself.built = True"]
    return []


def _write_call(plan: Plan) -> Lines:
    lines = ["def call(self, inputs):", "\tx = inputs"]
    lines += [f"\t{ARGUMENTS[name][1].format(f'self.{plan.places[name]}')}" for name in plan.arguments]
    if plan.has("unbuilt part"):
        lines.append("\tx = self.dense(x)")
    if plan.has("untracked variable"):
        lines.append("\tx = x * self.scale")
    return [*lines, "\treturn x"]


def _write_config(plan: Plan) -> Lines:
    entries = {name: f"self.{plan.places[name]}" for name in plan.arguments}
    if plan.has("missing key"):
        del entries[plan.chance.choice(plan.arguments)]
    if plan.has("another value"):
        entries["factor"] = f"{entries['factor']} * 2"
    pairs = [f'"{name}": {value}' for name, value in entries.items()]
    base = "{}" if plan.has("no super config") else "super().get_config()"
    head = "def get_config(self):"
    if plan.has("key taken out"):
        return [head, f"\tconfig = {base}", '\tconfig.pop("trainable")', *_update(pairs), "\treturn config"]
    style = plan.chance.randrange(6)
    if plan.has("no super config"):
        return [head, f"\treturn {{{', '.join(pairs)}}}"]
    if style == 0:
        return [head, f"\treturn {{**{base}, {', '.join(pairs)}}}".replace(", }", "}")]
    if style == 1:
        return [head, f"\tconfig = {base}", *_update(pairs), "\treturn config"]
    if style == 2:
        own = [f'\tconfig["{name}"] = {value}' for name, value in entries.items()]
        return [head, f"\tconfig = {base}", *own, "\treturn config"]
    if style == 3:
        return [
            head,
            "\tconfig = {",
            *(f"\t\t{pair},  # kept" for pair in pairs),
            "\t}",
            f"\treturn {base} | config",
        ]
    if style == 4:
        words = ", ".join(f"{name}={value}" for name, value in entries.items())
        return [head, f"\tbase = {base}", f"\treturn dict(base, {words})".replace(", )", ")")]
    own = [f"\t\t\t{pair}," for pair in pairs]
    return [head, f"\tconfig = {base}", "\tconfig.update(", "\t\t{", *own, "\t\t}", "\t)", "\treturn config"]


def _update(pairs: Sequence[str]) -> Lines:
    return [f"\tconfig.update({{{', '.join(pairs)}}})"] if pairs else []


def _write_factory(plan: Plan) -> Lines:
    head = ["@classmethod", "def from_config(cls, config):"]
    first = plan.arguments[0]
    if plan.has("from_config forgets"):
        return [*head, f'\treturn cls({first}=config["{first}"], name=config["name"])']
    if plan.has("from_config pops"):
        return [*head, f'\t{first} = config.pop("{first}")', f"\treturn cls({first}={first}, **config)"]
    return []
