"""Why a layer differs: of itself, by Keras, or by what was lost."""
