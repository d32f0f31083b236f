"""The table of errors: the words of Python, Keras, TensorFlow and h5py, and what they mean.

Of rows that fit one text the first is the one that matters most.
"""

from __future__ import annotations

from maskcheck.error_texts.row import H5PY, KERAS_2, KERAS_3, NUMPY, PYTHON, TENSORFLOW, Row
from maskcheck.model.error import ErrorKind

KINDS: tuple[Row[ErrorKind], ...] = (
    Row(
        ErrorKind.MISSING_ARGUMENT,
        r"(?:\b(?P<class>\w+)\.__init__\(\) )?missing \d+ required (?:positional|keyword-only) arguments?: "
        r"(?P<names>'\w+'.*)",
        (PYTHON,),
    ),
    Row(
        ErrorKind.UNEXPECTED_ARGUMENT,
        r"(?i)(?:\b(?P<class>\w+)\.__init__\(\) got an )?unexpected keyword argument '(?P<name>\w+)'",
        (PYTHON,),
    ),
    Row(
        ErrorKind.REPEATED_ARGUMENT,
        r"got multiple values for (?:keyword )?argument '(?P<name>\w+)'",
        (PYTHON,),
    ),
    Row(
        ErrorKind.UNRECOGNIZED_ARGUMENTS,
        r"(?i)unrecognized keyword arguments?(?: passed to (?P<class>\w+))?"
        r"[^{\[]{0,300}[{\[](?P<names>.*?)[}\]]",
        (KERAS_2, KERAS_3),
    ),
    Row(
        ErrorKind.MODULE_MISSING,
        r"Could not locate class '(?P<name>\w+)'",
        (KERAS_3,),
        given=r"Full object config: \{'class_name'",
    ),
    Row(
        ErrorKind.UNKNOWN_OBJECT,
        r"Could not locate (?:class|function) '(?P<registered>(?:[^'>]+>)?(?P<name>\w+)|[^']+)'",
        (KERAS_2, KERAS_3),
    ),
    Row(
        ErrorKind.STATE_AFTER_BUILD,
        r"cannot add new elements of state .* that is already built",
        (KERAS_3,),
    ),
    Row(
        ErrorKind.NEVER_BUILT,
        r"was never built and thus it doesn't have any variables"
        r"|expected 0 variables, but received [1-9]\d* variables during loading",
        (KERAS_3,),
    ),
    Row(
        ErrorKind.NEVER_BUILT,
        r"expected [1-9]\d* variables, but received 0 variables during loading",
        (KERAS_3,),
    ),
    Row(
        ErrorKind.FEWER_VARIABLES,
        r"expected \d+ variables, but received (?P<count>[1-9]\d*) variables during loading\. "
        r"Expected: \[(?P<names>[^]]*)\]",
        (KERAS_3,),
    ),
    Row(ErrorKind.VALUE_NEEDED, r"(?i)\bsymbolic|SymbolicTensor|A KerasTensor", (TENSORFLOW,)),
    Row(ErrorKind.LAYER_LOCKED, r"\ANone\Z", (KERAS_3,), type="ValueError"),
    Row(
        ErrorKind.LAYERS_ADDED_TWICE,
        r"layers added to a Sequential model should have unique names. Name '(?P<name>\w+)'",
        (KERAS_3,),
    ),
    Row(ErrorKind.GRAPH_LOST, r"Unable to revive model from config", (KERAS_2, KERAS_3)),
    Row(
        ErrorKind.DICT_AS_OBJECT,
        r"'(?:dict|TrackedDict)' object (?:has no attribute|is not callable)",
        (PYTHON,),
    ),
    Row(ErrorKind.LAMBDA_REFUSED, r"safe_mode", (KERAS_2, KERAS_3), given=r"(?i)lambda"),
    Row(ErrorKind.UNKNOWN_NAME, r"(?:name|variable) '(?P<name>\w+)'", (PYTHON,), type="NameError"),
    Row(ErrorKind.TENSOR_OUT_OF_SCOPE, r"out of scope", (TENSORFLOW,)),
    # What formats other than the .keras file do not carry.
    Row(
        ErrorKind.UNKNOWN_OBJECT,
        r"Unknown (?:layer|object): '?(?P<registered>(?P<name>\w+))",
        (KERAS_2, KERAS_3),
    ),
    Row(ErrorKind.NO_CAST, r"No cast function available", (NUMPY,)),
    Row(ErrorKind.NAME_TAKEN, r"name already exists", (H5PY,)),
    Row(ErrorKind.CONFIG_ITEM_UNKNOWN, r"Unknown config_item", (KERAS_3,)),
    Row(ErrorKind.MODULE_UNCOPIED, r"cannot pickle 'module' object", (PYTHON,)),
    Row(ErrorKind.LAMBDA_BY_NAME, r"identifier: <lambda>", (KERAS_3,)),
    Row(
        ErrorKind.NUMBER_AMONG_INPUTS,
        r"Only input tensors may be passed as positional arguments",
        (KERAS_3,),
    ),
    Row(ErrorKind.NESTED_OUTPUTS, r"Got a non-Tensor value", (TENSORFLOW,)),
    Row(ErrorKind.ACTIVATION_UNKNOWN, r"Unknown activation function: ?'(?P<name>\w+)'", (KERAS_2,)),
    Row(
        ErrorKind.SUPER_NOT_CALLED,
        r"(?:forgot to|must) call `?super\(\)\.__init__\(\)`?",
        (KERAS_2, KERAS_3),
    ),
    # Python's words, to which Keras 2 comes where a weight has no name.
    Row(ErrorKind.NONE_AS_TEXT, r"'NoneType' object has no attribute 'replace'", (KERAS_2,)),
)
