"""Where a scan of ``fixtures/modes`` says otherwise than ``routes_table``: on which routes, and why."""

from __future__ import annotations

_NO_STATE = "the route config carries arguments only: what is not one is put back before the comparison"
_MORE = (
    "shown by more than the table's one functional model: a second value, another container, other weights"
)
_NO_MASKS = "what is served gives no masks, and the outputs agree"
_NEEDS_MODEL = "shows in a model with further layers only; the routes send the layer by itself"
_SEED = "the export is made where the generator stood at the call that it is compared with"
_REWRITTEN = "the layer that the route weights makes anew writes the file again, so that later routes find it"
_SAME = "nothing is lost but the form: what comes back computes the same"
_KEPT = "the global policy is the same on both sides, or the layer has its own"

EXPLAINED = {
    "A14KwargsSwallowedNotForwarded": ("fresh", "the name was lost before anything was saved"),
    "A28bTransformAtItsFixedPoint": ("config", _MORE),
    "B06SuperGetConfigOmitted": ("export", "half precision: the outputs agree but for rounding"),
    "C05FreshSublayerTakesGlobalPolicy": ("config keras h5 clone deepcopy pickle", _KEPT),
    "C05FreshSublayerTakesOwnPolicy": ("config keras h5 fresh clone deepcopy pickle", _KEPT),
    "C05SublayerTakesGlobalPolicy": ("config keras h5 fresh clone deepcopy pickle", _KEPT),
    "C09InputSpecSetOutside": ("config", _NO_STATE),
    "D08DictOfLayersOrderChangedByConfig": (
        "config",
        "told on the routes that carry weights, which it moves",
    ),
    "D10SublayerInPlainObjectUntracked": ("config", _NO_STATE),
    "D16cSublayerListReversedAfterInit": ("config keras fresh deepcopy pickle", _SAME),
    "E03TfVariableUntracked": ("config", _NO_STATE),
    "E03bTfVariableAtItsInitialValue": ("keras h5 fresh clone deepcopy pickle", _MORE),
    "E05KerasVariableInPlainObject": ("config", _NO_STATE),
    "E15AssetsGood": ("config", _NO_STATE),
    "E19bRandomPermutationInInit": ("deepcopy", "told of every route on which the layer is constructed"),
    "E20SeedLost": ("export", _SEED),
    "E20bSeedKept": ("export", _SEED),
    "E20cSeedGeneratorAdvanced": ("config", _NO_STATE),
    "E20dDropoutAdvanced": ("config", _NO_STATE),
    "E21FileContentsChanged": ("h5 fresh clone deepcopy pickle", _REWRITTEN),
    "E21bFileRemoved": ("h5 fresh clone deepcopy pickle", _REWRITTEN),
    "E24TiedToOtherLayer": ("h5 clone", _NEEDS_MODEL),
    "E25MetricState": ("config", _NO_STATE),
    "E26AdaptedNormalizationInside": ("config", _NO_STATE),
    "E27AdaptedStringLookupInside": ("config", _NO_STATE),
    "E33BuildConfigNone": ("keras pickle", _MORE),
    "E35BuildFromConfigNoop": ("keras pickle", _MORE),
    "E40OnesInitHidesLoss": ("keras h5 fresh clone deepcopy pickle", _MORE),
    "H01MaskZeroLost": ("export", _NO_MASKS),
    "H01bMaskZeroLostDownstream": ("keras fresh clone pickle", _MORE),
    "H02bMaskOnlyFromLostArg": ("export", _NO_MASKS),
    "H03SupportsMaskingSetOutside": ("config", _MORE),
    "H04SupportsMaskingInInit": ("h5 deepcopy", _NEEDS_MODEL),
    "H06MaskZeroLostInModel": (
        "export",
        "exported with the signature of the case's own inputs, which it can be",
    ),
    "H07EmbeddingAndMaskedLayer": ("h5", _NEEDS_MODEL),
    "H08EmbeddingAndLstm": ("h5 deepcopy", _NEEDS_MODEL),
    "I01LambdaSafeModeDefault": ("deepcopy pickle", _SAME),
    "I02LambdaSafeModeFalse": ("deepcopy pickle", _SAME),
    "I03LambdaClosureValue": ("deepcopy pickle", _SAME),
    "I09LambdaArgumentsUnregisteredFnCustomObjects": (
        "keras h5 fresh",
        "the function is not registered, and no custom object for it is known to a scan",
    ),
    "J11SubclassModelTfVariable": ("config", _NO_STATE),
    "K03RnnMissingKey": (
        "config keras h5 fresh clone deepcopy pickle",
        "the layer inside Bidirectional by itself, of which the mode says that it must be looked at",
    ),
    "K04TimeDistributedCustom": (
        "h5",
        "not taken: without compute_output_shape the layer inside takes no symbolic input",
    ),
    "L02DenseLoraEnabled": ("keras fresh deepcopy pickle", _SAME),
    "Q02CallKwargsTuple": ("h5 fresh pickle", "told on the route keras, where whole models are called too"),
    "Q07DictOutput": ("h5", _NEEDS_MODEL),
}
