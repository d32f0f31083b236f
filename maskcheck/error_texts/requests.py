"""The table of requests: what errors ask for of arguments and inputs.

Anyone may have written these words, so a row says what is likely meant; it is tried, not believed.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from maskcheck.error_texts.row import ANYONE, KERAS_2, KERAS_3, PYTHON, TENSORFLOW, Row


class Request(Enum):
    """What a message asks for or speaks of; each value says it in words."""

    ARGUMENT = "an argument, as name="
    KEY = "a key of a mapping, with a colon behind it"
    QUOTED_WORD = "a word in quotes, where keys are spoken of"
    MODULE = "a package that is not installed"
    CHOICE = "one of the words that it lists"
    VALUE = "a kind of value"
    TYPE = "the type of an object that does not do"
    NUMBER = "a number that an argument may have to be"
    ODD = "an odd number"
    EVEN = "an even number"
    LENGTH = "so many items in a list"
    TUPLE = "a tuple"
    NONE = "None where something is needed"
    IS_NONE = "that something is None"
    RANK = "tensors of this rank"
    RANK_WORD = "tensors of a rank that has a name"
    LAST_AXIS = "tensors that have this axis, counted from 0"
    DTYPE = "tensors of this dtype"
    DTYPE_GIVEN = "tensors of one dtype in the place of another"
    DTYPES_ALLOWED = "tensors of one of these dtypes in the place of another"
    DTYPE_REFUSED = "numbers of another dtype than this"
    TENSORS = "several tensors in the place of one"
    TENSOR_COUNT = "so many tensors"
    INPUT_KEY = "a mapping with this key in the place of a tensor"
    AXIS_SIZE = "an axis of this size"
    EQUAL_SIZES = "two sizes that should be equal"
    FEWER_VALUES = "a tensor with so many values in the place of one with so many"
    SHAPE = "a shape"
    MATRICES = "two matrices that should fit each other"
    BOUND = "indices below this number"
    SORTED = "indices in order"
    LARGER = "something larger"
    LONGER = "more steps, or larger images"
    SIZE = "a number that may be a size of a tensor"


_KEYS = r"(?i)\bdict(ionary)?\b|\bkeys?\b|mapping"
_CHOICES = (
    r"(?i)one of|either|supported|support|available|allowed|valid|choose|choices|options|must be in"
    r"|should be in|not in|expected|can be|accepts|among"
)
_DTYPES = (
    r"(?i)dtype|type|cast|allowed values|attr '?T|must be .{0,200}(int|float|string|bool|complex)|convert"
)
_MANY = r"(?i)expect\w* (?P<number>\d+) (?:\w+ )?(?:input|tensor|feature|element|part)s?\b"


def _each(
    kind: Request, patterns: Iterable[tuple[str, str]], said_by: tuple[str, ...] = (ANYONE,), given: str = ""
) -> tuple[Row[Request], ...]:
    """Return a row for each pattern, with the value that stands for it."""
    return tuple(Row(kind, pattern, said_by, given, value=value) for pattern, value in patterns)


REQUESTS: tuple[Row[Request], ...] = (
    # Of arguments.
    Row(Request.ARGUMENT, r"\b(?P<name>[a-z]\w*)=(?=\W|$)", given=r"(?i)provide|specify|need|pass"),
    Row(Request.KEY, r"['\"`](?P<name>\w+)['\"`]+ *:", given=_KEYS),
    Row(Request.QUOTED_WORD, r"['\"](?P<name>\w+)['\"]", given=_KEYS),
    Row(Request.MODULE, r"pip install|No module named|requires the \S+ (?:module|package)"),
    Row(Request.CHOICE, r"['\"`](?P<word>[^'\"`\s][^'\"`\n]{0,40})['\"`]", given=_CHOICES),
    *_each(
        Request.VALUE,
        (
            (
                r"not iterable|not subscriptable|has no len|unpack|no attribute '(?:append|extend|index)'",
                "sequence",
            ),
            (
                r"\b(?:a|of|be|should be|expected) (?:a )?(?:non-?empty )?"
                r"(?:list|tuple|sequence|iterable)s?\b",
                "sequence",
            ),
            (
                r"interpreted as an integer|\b(?:an?|positive|of type|be) (?:positive )?int(?:eger)?\b"
                r"|type int\b",
                "integer",
            ),
            (r"between 0|\[0[,.]|\bfloats?\b|real number|\(0[,.]", "number"),
            (r"no attribute '(?:state_size|get_initial_state|output_size)'|\bcell\b", "cell"),
            (
                r"no attribute '(?:call|build|built|weights|compute_\w+|units|layers|trainable\w*"
                r"|supports_masking)'"
                r"|`?Layer`? (?:instance|object)|instance of .*[Ll]ayer|keras (?:layer|model)",
                "layer",
            ),
            (r"not callable|\bcallable\b|\bfunction\b", "callable"),
            (r"no attribute '(?:lower|upper|split|startswith|format)'|\bstr(?:ing)?\b", "text"),
            (r"no attribute '(?:items|keys|values|get)'|\bdict(?:ionary)?\b|must be a mapping", "mapping"),
            (r"no attribute '(?:shape|dtype|ndim)'", "array"),
            (r"\bbool(?:ean)?\b|true or false", "flag"),
        ),
    ),
    Row(Request.TYPE, r"'(?P<type>\w+)' object", (PYTHON,)),
    Row(Request.NUMBER, r"(?<![\w.\-])(?P<number>\d{1,3})(?![\w.])"),
    Row(Request.ODD, r"\bodd\b"),
    Row(Request.EVEN, r"\beven\b|divisible|multiple"),
    Row(
        Request.LENGTH,
        r"expected (?:at least )?(?P<number>\d+)(?:, got|\))"
        r"|(?:length|tuple of|list of|size) (?:of )?(?P<number2>\d+)"
        r"|(?<!\d)(?P<number3>\d+) (?:integers|values|elements|items)",
    ),
    Row(Request.TUPLE, r"tuple"),
    Row(Request.NONE, r"NoneType|\(None\)|None values"),
    Row(Request.IS_NONE, r"is None"),
    # Of inputs.
    Row(Request.RANK, r"expected (?:min_|max_)?ndim=(?P<rank>\d)", (KERAS_2, KERAS_3)),
    Row(Request.RANK, r"(?:be|have|of) (?:a )?(?:of )?rank (?P<rank>\d)"),
    Row(Request.RANK, r"\brank[- ](?P<rank>\d) (?:tensor|input)"),
    Row(Request.RANK, r"(?P<rank>\d)[- ]?D(?:imensional)?\b"),
    Row(Request.RANK, r"values to unpack \(expected (?P<rank>\d)", (PYTHON,)),
    Row(Request.RANK, r"expected (?:a )?(?:tensor|input)s? (?:with|of) (?P<rank>\d) dim"),
    Row(Request.RANK, r"\b(?P<rank>\d) dimensions"),
    Row(Request.RANK, r"vector of length \d but got length (?P<rank>\d)", (TENSORFLOW,)),
    Row(
        Request.RANK, r"a vector of size \d\. But input\(1\) is a vector of size (?P<rank>\d)", (TENSORFLOW,)
    ),
    Row(Request.RANK_WORD, r"(?:must|should) be (?:a |of )?(?P<word>scalar|vector|matrix)\b"),
    Row(
        Request.LAST_AXIS,
        r"has only (?P<axis>\d) dims|slice index (?P<axis2>\d) of dimension 0 out of bounds",
        (TENSORFLOW,),
    ),
    Row(
        Request.DTYPE_GIVEN,
        r"expected to be an? (?P<wanted>\w+) tensor but is an? (?P<given>\w+) tensor",
        (TENSORFLOW,),
    ),
    Row(Request.DTYPE_GIVEN, r"Cast (?P<given>\w+) to (?P<wanted>\w+) is not supported", (TENSORFLOW,)),
    Row(Request.DTYPE_REFUSED, r"Cannot convert \S+ to EagerTensor of dtype (?P<given>\w+)", (TENSORFLOW,)),
    Row(
        Request.DTYPES_ALLOWED,
        r"of (?P<given>\w+) is not in the list of allowed values: (?P<allowed>[\w, ]+)",
        (TENSORFLOW,),
    ),
    *_each(
        Request.DTYPE,
        (
            (r"\buint8\b", "uint8"),
            (r"indices|int32|int64|integer|\bindex\b", "int32"),
            (r"\bfloat(?:32|16|64)?\b|\bhalf\b|bfloat16|floating", "float32"),
            (r"\bbool(?:ean)?\b", "bool"),
            (r"\bstrings?\b", "string"),
            (r"complex(?:64|128)?", "complex64"),
        ),
        given=_DTYPES,
    ),
    Row(
        Request.TENSORS,
        r"(?i)\blists?\b|\btuples?\b|unpack|sequence of|int' object is not|NoneType' object is not",
    ),
    Row(Request.TENSORS, _MANY),
    Row(
        Request.TENSOR_COUNT,
        rf"{_MANY}|list of (?:at least |exactly )?(?P<number2>\d+)"
        r"|unpack \(expected (?P<number3>\d)|length (?P<number4>\d)",
    ),
    Row(Request.INPUT_KEY, r"valid indices, got '(?P<key>\w+)'", (TENSORFLOW,)),
    Row(
        Request.AXIS_SIZE,
        r"expected axis (?P<axis>-?\d+) of input shape to have value (?P<size>\d+)",
        (KERAS_2, KERAS_3),
    ),
    Row(
        Request.AXIS_SIZE,
        r"Expected dimension (?P<size>\d+) at axis (?P<axis>\d+) of the input",
        (TENSORFLOW,),
    ),
    Row(
        Request.FEWER_VALUES,
        r"reshape is a tensor with (?P<given>\d+) values, but the requested shape has (?P<wanted>\d+)",
        (TENSORFLOW,),
    ),
    Row(
        Request.EQUAL_SIZES,
        r"\b(?:are|Dimensions?|dimension) (?P<one>\d+) and (?:dimension )?(?P<other>\d+)\b",
        (TENSORFLOW,),
    ),
    Row(Request.SHAPE, r"(?<!In)(?<!shape)[\[(](?P<shape>(?:\d+, ?)*\d+,?)[\])]"),
    Row(Request.MATRICES, r"Matrix size", (TENSORFLOW,)),
    Row(
        Request.BOUND,
        r"is not in \[0, (?P<high>\d+)\)|valid range of \[0, (?P<high2>\d+)\)"
        r"|out of (?:range|bounds)[^\d]*(?P<high3>\d+)",
    ),
    Row(Request.SORTED, r"not increasing|\bsorted\b|ascending"),
    Row(
        Request.LONGER,
        r"output size would be negative|requires a multiple of \d|[Dd]imension (?:size )?-\d+ must be >= 0"
        r"|Negative dimension size|must be >= window_length",
        (TENSORFLOW, KERAS_3),
    ),
    Row(Request.LARGER, r"(?i)less than|greater|larger|at least|not enough|too (?:short|small)"),
    Row(Request.SIZE, r"(?<![\w.])(?P<size>\d{1,4})(?![\w.])"),
)
