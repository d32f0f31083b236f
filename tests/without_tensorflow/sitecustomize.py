"""Read by every Python that a test starts where TensorFlow is forbidden: lets its import fail."""

import sys


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event == "import" and str(arguments[0]).partition(".")[0] in ("keras", "tensorflow", "tf_keras"):
        raise RuntimeError(f"{arguments[0]} is imported by a test that is not marked: pytest.mark.tensorflow")


sys.addaudithook(_refuse)
