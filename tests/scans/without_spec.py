"""The classes of ``fixtures`` whose fault only their spec brings out, by what they need of it."""

from __future__ import annotations

from collections.abc import Mapping

from tests.scans import parts_without_spec as parts

# Something that ``prepare`` does to the layer, or that a file beside it holds, makes the fault.
PREPARED = "a state that the spec prepares"
# The fault needs one certain value, which no plausible second value is like.
VALUE = "a value that the spec gives"
# The class documents a call that fails; inference finds one that does not.
CALL = "a call that the spec makes"
# Its arguments are files, tables or objects of which nothing tells how to make them.
NOTHING_FITS = "arguments that cannot be guessed"
EXPECTED = "an expectation in the spec"
SITUATION = "a situation that the spec asks for"

NEEDED: Mapping[str, Mapping[str, str]] = {
    "seeds": {
        "corrected.external_data.MyCustomLayer": NOTHING_FITS,
        "corrected.weights_file.MyCustomLayer": NOTHING_FITS,
        "described.config_masks.SequenceMaskWithoutConfig": CALL,
        "described.config_masks.SequenceMask": CALL,
        "described.custom_masking.BooleanMasking": CALL,
        "described.custom_masking.ThresholdMasking": CALL,
        "described.custom_masking.ExternalDataMasking": CALL,
        "described.external_data.MyCustomLayer": NOTHING_FITS,
    },
    "faults": {
        "by_dtype.Int8Forgotten": SITUATION,
        "by_dtype.LoraForgotten": SITUATION,
        "mc002_no_case.NoCaseHealthy": NOTHING_FITS,
        "mc004_call_failed.CallFailed": CALL,
        "mc008_stale_expectation.StaleExpectation": EXPECTED,
        "mc008_stale_expectation.StaleExpectationHealthy": EXPECTED,
        "mc201_attribute_lost.AttributeLost": PREPARED,
        "mc204_sublayer_changed.SublayerChanged": PREPARED,
        "mc302_weight_missing.WeightMissing": PREPARED,
        "mc305_trainable_changed.TrainableChanged": PREPARED,
        "mc404_training_changed.TrainingChanged": PREPARED,
        "mc401_output_changed.OutputChanged": PREPARED,
        "mc402_output_shape_changed.OutputShapeChanged": PREPARED,
        "mc403_loss_changed.LossChanged": PREPARED,
        "mc501_supports_masking_changed.SupportsMaskingChanged": PREPARED,
        "mc502_mask_lost.MaskLost": PREPARED,
        "mc503_mask_changed.MaskChanged": PREPARED,
        "mc604_registration_collision.RegistrationCollisionHealthy": VALUE,
        "mc605_fresh_process_differs.FreshPolicy": PREPARED,
        "mc605_fresh_process_differs.FreshFormat": PREPARED,
        "mc605_fresh_process_differs.FreshState": PREPARED,
        "mc701_dtype_behaviour_changed.DtypeLowered": SITUATION,
        "mc701_dtype_behaviour_changed.DtypeWritten": SITUATION,
    },
    "modes": {
        **parts.named(parts.PREPARED, PREPARED),
        **parts.named(parts.VALUE, VALUE),
        **parts.named(parts.CALL, CALL),
        **parts.named(parts.NOTHING_FITS, NOTHING_FITS),
        "c_base.fresh.C05FreshSublayerTakesGlobalPolicy": PREPARED,
        "c_base.fresh.C13FreshRereadsGlobalSetting": PREPARED,
        "a_config.activations_named.A27bActivationDunderNameRegistered": VALUE,
        "a_config.activations_named.A27eActivationSerializeLambda": VALUE,
        "a_config.activations_named.A27fNameLikeBuiltin": VALUE,
        "a_config.activations_named.A27gSerializeLikeBuiltin": VALUE,
        "a_config.activations_raw.A26cUnregisteredActivationRaw": VALUE,
        "a_config.activations_raw.A26dLambdaActivationRaw": VALUE,
        "a_config.activations_raw.A26fUnregisteredFnNamedLikeBuiltin": VALUE,
        "a_config.activations_raw.A26hPartialActivation": VALUE,
        "a_config.autoconfig.A10AutoconfigBasic": VALUE,
        "a_config.autoconfig.A11AutoconfigNumpyArg": VALUE,
        "a_config.autoconfig.A16AutoconfigAttrChangedLater": PREPARED,
        "a_config.values.A32IntDictKeys": VALUE,
        "a_config.values.A33NumpyNaiveFromConfig": VALUE,
        "a_config.values.A33bNumpyDeserializedAlways": VALUE,
        "c_base.flags.C08SupportsMaskingSetOutside": PREPARED,
        "c_base.flags.C09InputSpecSetOutside": PREPARED,
        "c_base.sublayers.C03SublayerTrainableFalseLost": PREPARED,
        "c_base.sublayers.C03vVariableTrainableFalseLost": PREPARED,
        "c_base.sublayers.C04SublayerPolicyChangedLater": PREPARED,
        "e_state.attributes.E16SaveAssetsWithoutLoadAssets": PREPARED,
        "e_state.attributes.E17PythonAttributeState": PREPARED,
        "e_state.attributes.E28BuildReadsStateNotInConfig": PREPARED,
        "e_state.files.E21FileContentsChanged": NOTHING_FITS,
        "e_state.files.E21bFileRemoved": NOTHING_FITS,
        "h_masks.carriers.H03SupportsMaskingSetOutside": PREPARED,
        "h_masks.composites.H01bMaskZeroLostDownstream": PREPARED,
    },
}
