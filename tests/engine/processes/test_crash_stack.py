from maskcheck.engine.processes.crash_stack import find_crash_line

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
    assert find_crash_line(FATAL, ["/home/me/other.py", "layers.py"], "/home/me") == ("layers.py", 21)


def test_the_last_look_of_the_time_limit() -> None:
    assert find_crash_line(LATE, ["/home/me/other.py", "/home/me/layers.py"], "/") == (
        "/home/me/layers.py",
        7,
    )


def test_no_frame_of_the_user() -> None:
    assert find_crash_line(FATAL, ["/home/you/layers.py"], "/") is None
    assert find_crash_line("", ["/home/me/layers.py"], "/") is None
