"""The same for the sections on parts of ``fixtures/modes``: by what is needed, the classes of each module."""

from __future__ import annotations

PREPARED = {
    "d_sublayers.changed": (
        "D01SublayerReplacedSameShape",
        "D01bSublayerReplacedOtherShape",
        "D02SublayerMutated",
        "D16SublayerListAppendedAfterInit",
        "D16bSublayerListPoppedAfterInit",
    ),
    "j_models.compiled": ("J15OverriddenCompileWithExtraArg",),
    "l_quantized.blocks": (
        "L03SubclassDenseInt8",
        "L04BlockWithQuantizedSublayer",
        "L05BlockWithLoraSublayer",
    ),
}
VALUE = {
    "d_sublayers.given": (
        "D03SublayerArgOmittedHasDefault",
        "D18SublayerClassHardcodedInFromConfig",
        "D18bSublayerSubclassFlattenedToDense",
    ),
    "g_registration.classes": ("G13UnregisteredChildOfRegistered",),
    "i_lambda.layers": (
        "I01LambdaSafeModeDefault",
        "I02LambdaSafeModeFalse",
        "I03LambdaClosureValue",
        "I04LambdaClosureOverVariable",
        "I05LambdaUsesModuleGlobal",
        "I06LambdaUsesTfGlobal",
        "I08LambdaNamedUnregisteredFn",
        "I09LambdaArgumentsUnregisteredFnCustomObjects",
    ),
    "k_wrappers.recurrent": ("K02bRnnAroundCell", "K07StatefulRnnState"),
    "k_wrappers.wrappers": ("K04TimeDistributedCustom",),
    "m_initializers.layers": ("M05InitializerClassNameOnly", "M06CustomInitializerWithoutGetConfig"),
}
CALL = {"q_calls.layers": ("Q02CallKwargsTuple", "Q04CallKwargsSet", "Q05CallKwargsFunction")}
NOTHING_FITS = {
    "d_sublayers.named": (
        "D08DictOfLayersOrderChangedByConfig",
        "D08bDictOfLayersOrderKeptGood",
        "D09LayersOrderedBySetHash",
    ),
    "d_sublayers.shared": (
        "D07SharedSublayerTwoArgs",
        "D07bSharedSublayerOldStyleConfig",
        "D07cSublayerSharedByTwoLayers",
    ),
    "j_models.functional": (
        "J04FunctionalLikeConstructorPlusExtraArg",
        "J04bFunctionalLikeConstructorExtraAttr",
        "J04cFunctionalLikeConstructorExtraLayer",
    ),
}


def named(classes: dict[str, tuple[str, ...]], need: str) -> dict[str, str]:
    """Return the need by the name of the class with its module."""
    return {f"{module}.{name}": need for module, names in classes.items() for name in names}
