"""The words by which arguments, and what is called with them, show that they name something outside."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

FILE: Final = "a file or folder"
ADDRESS: Final = "an address"
PORT: Final = "a port"
DESCRIPTOR: Final = "an open file"
COMMAND: Final = "a command"


def split_words(text: str) -> frozenset[str]:
    """Return the words of a list."""
    return frozenset(text.split())


# The last word of a name.
NAMES: Mapping[str, str] = {
    **dict.fromkeys(
        split_words("path paths file files filename filepath filenames filepaths fname fpath"), FILE
    ),
    **dict.fromkeys(split_words("dir dirs dirname directory directories folder folders logdir outdir"), FILE),
    **dict.fromkeys(split_words("ckpt checkpoint csv"), FILE),
    **dict.fromkeys(split_words("url urls uri endpoint host hostname"), ADDRESS),
    **dict.fromkeys(split_words("port ports socket"), PORT),
    **dict.fromkeys(split_words("fd fileno"), DESCRIPTOR),
}
# The way of a signal through a block, how many of something, what is told of files but not where they are.
NO_NAMES = re.compile(
    r"drop|stochastic|survival|residual|skip|^(num|n|nb|use|is|has|with|keep|max|min)_"
    r"|_?(sub|multi|bi|dual|two|critical|main|shortcut)_?paths?$"
)
TYPES = re.compile(r"\b(Path|PurePath|PosixPath|PathLike|FilePath|IO|TextIO|BinaryIO)\b")
# What is a number or a flag names nothing, unless numbers name it.
PLAIN_TYPES = re.compile(r"^\W*(int|float|bool|Tuple|tuple)\b")
NUMBERED = (PORT, DESCRIPTOR)

# Modules of which every function touches something, but for those below.
MODULES: Mapping[str, str] = {
    **dict.fromkeys(split_words("shutil glob zipfile tarfile sqlite3 h5py dbm shelve"), FILE),
    **dict.fromkeys(split_words("socket urllib requests ftplib smtplib httpx"), ADDRESS),
    "os": FILE,
    "subprocess": COMMAND,
}
HARMLESS = split_words(
    "path environ getenv putenv getpid getppid cpu_count name sep linesep urandom fspath fsdecode fsencode "
    "get_terminal_size sched_getaffinity strerror kill umask nice"
)
COMMANDS = split_words("system popen execv execl spawnv spawnl startfile")
# Functions by their last name, and those whose last name alone says too little by the last two.
FUNCTIONS = split_words(
    "open fopen Path PurePath PosixPath FileIO GFile FileHandler RotatingFileHandler "
    "TimedRotatingFileHandler WatchedFileHandler load_model read_csv read_parquet read_pickle read_json "
    "read_table read_excel to_csv "
    "read_file write_file load_library load_op_library loadtxt genfromtxt fromfile memmap savetxt savez "
    "savez_compressed tofile load_weights save_weights save_model TextLineDataset TFRecordDataset "
    "TFRecordWriter TextFileInitializer StaticVocabularyTable create_file_writer load_checkpoint KerasLayer "
    "CDLL imread imwrite NamedTemporaryFile TemporaryFile TemporaryDirectory mkdtemp mkstemp"
)
PAIRS = split_words(
    "np.load np.save numpy.load numpy.save saved_model.load saved_model.save gfile.exists gfile.glob "
    "gfile.isdir gfile.makedirs gfile.mkdir gfile.remove gfile.rmtree gfile.listdir gfile.copy gfile.rename "
    "io.open codecs.open hub.load torch.load torch.save joblib.load joblib.dump gzip.open bz2.open lzma.open "
    "train.Checkpoint logging.basicConfig Image.open"
)
# Functions that only some of their arguments name a place to.
PLACES: Mapping[str, str] = {
    **dict.fromkeys(
        split_words("NamedTemporaryFile TemporaryFile TemporaryDirectory mkdtemp mkstemp"), "dir"
    ),
    "basicConfig": "filename",
}
# What is asked of a path object.
OF_A_PATH = split_words(
    "read_text write_text read_bytes write_bytes mkdir rmdir unlink is_file is_dir iterdir touch rglob"
)
# What makes a path of its arguments.
JOINS = split_words(
    "join str fspath abspath realpath expanduser expandvars normpath format Path rstrip strip joinpath "
    "with_suffix encode"
)
