from pathlib import Path

from maskcheck.engine.processes.crash_stack import CrashPlace, find_crash_place

FATAL = """Fatal Python error: Segmentation fault

Thread 0x00007f (most recent call first):
  File "/home/me/other.py", line 3 in spin
Current thread 0x00007a (most recent call first):
  File "/venv/lib/library.py", line 88 in deep
  File "/home/me/layers.py", line 21 in call
  File "/home/me/other.py", line 9 in main
"""
LATE = """Timeout (0:00:01)!
Thread 0x00007a (most recent call first):
  File "/home/me/other.py", line 5 in early
Timeout (0:00:01)!
Thread 0x00007a (most recent call first):
  File "/home/me/layers.py", line 7 in call
"""


def test_the_innermost_frame_of_the_crashed_thread_in_the_users_files() -> None:
    assert find_crash_place(FATAL, ["/home/me/other.py", "layers.py"], "/home/me") == CrashPlace(
        "layers.py", 21
    )


def test_the_last_look_of_the_time_limit() -> None:
    assert find_crash_place(LATE, ["/home/me/other.py", "/home/me/layers.py"], "/") == CrashPlace(
        "/home/me/layers.py", 7
    )


def test_no_frame_of_the_user() -> None:
    assert find_crash_place(FATAL, ["/home/you/layers.py"], "/") is None
    assert find_crash_place("", ["/home/me/layers.py"], "/") is None


SOURCE = """
def leave():
    os._exit(3)


class Outer:
    def call(self):
        class Inner:
            def get_config(self):
                leave()
"""


def test_the_method_that_ran_is_named_where_a_function_ended_the_process(tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text(SOURCE)
    frames = f'  File "{file}", line 3 in leave\n  File "{file}", line 10 in get_config\n'
    faults = f'Timeout (0:00:01)!\n  File "{file}", line 7 in call\nStack (most recent call first):\n{frames}'
    assert find_crash_place(faults, [str(file)], "/") == CrashPlace(str(file), 3, "Inner.get_config")
