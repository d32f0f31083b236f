"""An argument of the class's own does not get through the config as it was given."""

from __future__ import annotations

from ..arguments import BOOST, DOUBLED, GAIN, LIMIT, ORDER, PENALTY, SHIFT, STEPS, STYLE, own_pair
from ..draft import Draft, argument, composite, extended, subclass
from ..hosts import Host
from ..kind import Fault, Kind


def _own(host: Host) -> Draft:
    return extended(host, *own_pair(host))


def _floats(host: Host) -> Draft:
    return extended(host, GAIN, SHIFT)


def _drop(host: Host) -> Fault:
    name, draft = own_pair(host)[0].name, _own(host)
    return Fault(draft, draft.edit(name, written=""), (name,))


def _inherited(host: Host) -> Fault:
    draft = subclass(host, own_pair(host)[0])
    return Fault(draft, draft.but(opening=""), (own_pair(host)[0].name,))


def _drop_required(host: Host) -> Fault:
    draft = _own(host).edit(own_pair(host)[1].name, default="")
    name = own_pair(host)[1].name
    return Fault(draft, draft.edit(name, written=""), (name,))


def _drop_falsy(host: Host) -> Fault:
    draft = extended(host, LIMIT).edit("limit", value="0.0", default="0.4")
    dropped = draft.edit("limit", written="").add(
        config=("if self.limit:", '    config["limit"] = self.limit')
    )
    return Fault(draft, dropped, ("limit",))


def _rename_rejected(host: Host) -> Fault:
    name, draft = own_pair(host)[0].name, _own(host)
    return Fault(draft, draft.edit(name, key=f"{name}_value"), (name,))


def _rename_swallowed(host: Host) -> Fault:
    name = own_pair(host)[0].name
    draft = _own(host).but(first=(f'kwargs.pop("{name}_value", None)',))
    return Fault(draft, draft.edit(name, key=f"{name}_value"), (name,))


def _default(host: Host) -> Fault:
    planted, draft = own_pair(host)[0], _own(host)
    return Fault(draft, draft.edit(planted.name, written=planted.default), (planted.name,))


def _round(host: Host) -> Fault:
    draft = _floats(host)
    return Fault(draft, draft.edit("gain", written="round(self.gain, 1)"), ("gain",))


def _truncate(host: Host) -> Fault:
    draft = _floats(host).edit("gain", value="2.75")
    return Fault(draft, draft.edit("gain", written="int(self.gain)"), ("gain",))


def _text_of_float(host: Host) -> Fault:
    draft = _floats(host)
    return Fault(draft, draft.edit("gain", written="str(self.gain)"), ("gain",))


def _text_of_bool(host: Host) -> Fault:
    draft = extended(host, DOUBLED, STYLE)
    return Fault(draft, draft.edit("doubled", written="str(self.doubled)"), ("doubled",))


def _text_of_int(host: Host) -> Fault:
    draft = extended(host, ORDER, SHIFT)
    return Fault(draft, draft.edit("order", written='f"{self.order}"'), ("order",))


def _case_folded(host: Host) -> Fault:
    draft = extended(host, STYLE).edit(
        "style", value="Halved", effect=('if self.style == "Halved":', "    outputs = outputs / 2.0")
    )
    return Fault(draft, draft.edit("style", written="self.style.lower()"), ("style",))


def _swap(host: Host) -> Fault:
    draft = _floats(host)
    swapped = draft.edit("gain", written="self.shift").edit("shift", written="self.gain")
    return Fault(draft, swapped, ("gain", "shift"))


def _other_value(host: Host) -> Fault:
    draft = _floats(host)
    return Fault(draft, draft.edit("gain", written="self.shift"), ("gain",))


def _ignored(host: Host) -> Fault:
    name, draft = own_pair(host)[0].name, subclass(host, *own_pair(host))
    lines = ("config = dict(config)", f'config.pop("{name}")', "return super().from_config(config)")
    return Fault(draft, draft.but(from_config=lines), (name,))


def _ignored_by_name(host: Host) -> Fault | None:
    if not host.wrappable:
        return None
    draft = composite(host, GAIN, STYLE)
    given = 'return cls(config["inner"], gain=config["gain"], name=config["name"], dtype=config["dtype"])'
    return Fault(draft, draft.but(from_config=(*draft.from_config[:-1], given)), ("style",))


def _derived(host: Host) -> Fault:
    rate = argument("rate", "0.0", "0.2", "float", "outputs = outputs * (1.0 - self.rate)")
    draft = extended(host, rate)
    kept = draft.edit(
        "rate", kept="1.0 - rate", effect=("outputs = outputs * self.rate",), written="self.rate"
    )
    return Fault(draft, kept, ("rate",))


def _stale(host: Host) -> Fault:
    tune = "def tune(self, gain):\n    self.gain = gain"
    draft = extended(host, GAIN).but(methods=(tune,), extra=(("prepare", "[{method: tune, args: [1.9]}]"),))
    kept = draft.add(init=('self._given = {"gain": gain}',)).edit("gain", written='self._given["gain"]')
    return Fault(draft, kept, ("gain",))


def _loss_only(host: Host) -> Fault:
    draft = extended(host, PENALTY)
    return Fault(draft, draft.edit("penalty", written=""), ("penalty",))


def _training_only(host: Host) -> Fault:
    draft = extended(host, BOOST).but(signature=("training=None",))
    return Fault(draft, draft.edit("boost", written=""), ("boost",))


def _kept_privately(host: Host) -> Fault:
    draft = extended(host, STEPS).edit(
        "steps",
        effect=("for _ in range(self._rounds):", "    outputs = outputs / 2.0 + 0.1"),
        kept="",
        written="self._rounds",
    )
    draft = draft.add(init=("self._rounds = steps",))
    return Fault(draft, draft.edit("steps", written="1"), ("steps",))


def _seed(host: Host) -> Fault:
    noise = "np.random.default_rng(self.noise_seed).uniform(size=2)"
    effect = (f"low, high = {noise}.astype('float32')", "outputs = outputs * high + low")
    draft = extended(host, argument("noise_seed", "11", "5", "int", *effect))
    return Fault(draft, draft.edit("noise_seed", written=""), ("noise_seed",))


KINDS = (
    Kind("own key missing", ("MC101",), _drop),
    Kind("inherited get_config", ("MC101",), _inherited),
    Kind("required key missing", ("MC103",), _drop_required),
    Kind("key left out when falsy", ("MC101",), _drop_falsy),
    Kind("key renamed, rejected", ("MC103",), _rename_rejected),
    Kind("key renamed, swallowed", ("MC104", "MC101"), _rename_swallowed),
    Kind("default written", ("MC102",), _default),
    Kind("rounded", ("MC102",), _round),
    Kind("truncated to int", ("MC102",), _truncate),
    Kind("float as text", ("MC102",), _text_of_float),
    Kind("bool as text", ("MC102",), _text_of_bool),
    Kind("int as text", ("MC102",), _text_of_int),
    Kind("text in lower case", ("MC102",), _case_folded),
    Kind("two values swapped", ("MC102",), _swap),
    Kind("another value written", ("MC102",), _other_value),
    Kind("ignored in from_config", ("MC104",), _ignored),
    Kind("not passed on by from_config", ("MC104",), _ignored_by_name),
    Kind("derived value written", ("MC102",), _derived),
    Kind("constructor's value written", ("MC101", "MC102"), _stale),
    Kind("lost, shows in a loss only", ("MC101",), _loss_only),
    Kind("lost, shows in training only", ("MC101",), _training_only),
    Kind("kept under a private name, lost", ("MC102",), _kept_privately),
    Kind("seed lost", ("MC101",), _seed),
)
