"""The sandbox: what each level stops, what must go on working in it, and its filter on both machines.

What is tried runs once a level, in a small process without TensorFlow. An
attempt that does not raise has got through.
"""

from __future__ import annotations

import errno
import functools
import itertools
import json
import os
import re
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from grader.isolation import NOT_STOPPED, Level
from grader.kit import ROOT
from grader.worker.confinement import landlock, levels, places, seccomp, syscalls
from grader.workers import WORKER, probe, worker_environment

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="the sandbox is Linux's")

RUN = """
import json, runpy, sys
level, scratch, outside, kit, parent, attempts = sys.argv[1:]
runpy.run_path({worker!r})["load_package"]()
from kit_worker import confinement
confinement.prepare(level)
found = {{"level": confinement.confine(scratch, 2**30)}}
names = {{"OUTSIDE": outside, "KIT": kit, "PARENT": int(parent), "SCRATCH": scratch}}
exec(attempts, names)
for name in names["NAMES"]:
    try:
        names[name]()
        found[name] = "through"
    except Exception as problem:
        found[name] = f"{{type(problem).__name__}}: {{problem}}"
print(json.dumps(found))
"""

# Attempts: stopped from this level on; as source, for they are run elsewhere. What
# depends on the machine or the user (extended attributes, memory of others) may
# fail below that level, too.

ATTEMPTS = '''
import ctypes, fcntl, mmap, os, resource, signal, socket, stat, subprocess, sys, threading, time

LIBC = ctypes.CDLL(None, use_errno=True)
SECRET, VICTIM = OUTSIDE + "/secret", OUTSIDE + "/victim"

def call(name, *arguments):
    """A system call that is refused as such, not for its arguments."""
    from kit_worker.confinement import syscalls, system
    numbers = {**syscalls.REFUSED, **syscalls.JUDGED, **syscalls.PRETENDED}
    number = syscalls.on(system.MACHINE, {name: numbers[name]})[name]
    if LIBC.syscall(number, *arguments) == -1 and ctypes.get_errno() == 1:
        raise PermissionError(name)

def read_file(): open(SECRET).read()
def list_folder(): os.listdir(OUTSIDE)
def read_solution(): open(KIT + "/solutions/4_1/lesson_4_1.py").read()
def read_checks(): open(KIT + "/tests/lessons/test_4_1.py").read()
def read_grader(): open(KIT + "/grader/checking.py").read()
def import_grader(): sys.path.insert(0, KIT); import grader.text
def read_users(): open("/etc/passwd").read()
def read_parent(): open(f"/proc/{PARENT}/cmdline").read()
def read_process(): open("/proc/1/stat").read()
def list_processes(): os.listdir("/proc")
def list_root(): os.listdir("/")
def up_and_out(): os.chdir(".."); os.chdir(OUTSIDE); open("secret").read()
def read_by_link(): open(f"/proc/self/root{SECRET}").read()
def see_file(): os.stat(SECRET)
def see_solution(): os.stat(KIT + "/solutions/4_1/lesson_4_1.py")
def enter_folder(): os.chdir(OUTSIDE); os.chdir(SCRATCH)
def write_file(): open(VICTIM, "w").close()
def append_to_file(): open(VICTIM, "a").close()
def make_file(): open(OUTSIDE + "/new", "w").close()
def make_folder(): os.mkdir(OUTSIDE + "/folder")
def remove_file(): open(OUTSIDE + "/doomed", "r"); os.unlink(OUTSIDE + "/doomed")
def rename_file(): os.rename(VICTIM, VICTIM + "2"); os.rename(VICTIM + "2", VICTIM)
def link_out(): os.symlink(SECRET, "link"); os.unlink("link")
def link_in(): os.link(SECRET, "hard"); os.unlink("hard")
def make_pipe(): os.mkfifo("pipe"); os.unlink("pipe")
def write_shared_memory(): open("/dev/shm/from-a-submission", "w").close(); os.unlink("/dev/shm/from-a-submission")
def write_beside(): open(SCRATCH + "/../beside", "w").close(); os.unlink(SCRATCH + "/../beside")
def truncate(): os.truncate(VICTIM, 0)
def truncate_own(): open("own", "w").close(); os.truncate("own", 0)
def truncate_while_reading(): os.close(os.open(VICTIM, os.O_RDONLY | os.O_TRUNC))
def chmod():
    before = os.stat("mode").st_mode if os.path.exists("mode") else open("mode", "w").close() or os.stat("mode").st_mode
    os.chmod("mode", 0o777)
    assert os.stat("mode").st_mode != before
def set_time():
    open("time", "w").close(); os.utime("time", (1, 1))
    assert os.stat("time").st_mtime == 1
def chown(): open("owner", "w").close(); os.chown("owner", os.getuid(), os.getgid())
def tcp(): socket.socket()
def udp(): socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
def unix(): socket.socket(socket.AF_UNIX)
def netlink(): socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)
def datagram_pair(): socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
def fork():
    if not os.fork(): os._exit(0)
    os.wait()
def run_program(): subprocess.run(["/bin/true"], check=True)
def spawn(): os.waitpid(os.posix_spawn("/bin/true", ["true"], {}), 0)
def run_instead(): call("execve", b"/no/such/program", None, None)
def signal_parent(): os.kill(PARENT, 0)
def signal_group(): os.killpg(0, 0)
def signal_all(): os.kill(-1, 0)
def signal_by_owner(): fcntl.fcntl(os.pipe()[0], fcntl.F_SETOWN, PARENT)
def signal_by_thread(): call("tkill", PARENT, 0)
def queue_signal(): call("rt_sigqueueinfo", PARENT, 0, None)
def renice_parent(): os.setpriority(os.PRIO_PROCESS, PARENT, os.getpriority(os.PRIO_PROCESS, PARENT))
def limit_parent(): resource.prlimit(PARENT, resource.RLIMIT_NOFILE)
def move_parent(): os.sched_setaffinity(PARENT, os.sched_getaffinity(PARENT))
def watch_parent(): call("process_vm_readv", PARENT, 0, 0, 0, 0, 0)
def trace(): call("ptrace", 16, 2**22 - 1, 0, 0)
def grip_parent(): os.close(os.pidfd_open(PARENT))
def live_on():
    if LIBC.prctl(1, 0, 0, 0, 0): raise PermissionError("prctl")
def new_namespace(): call("unshare", 0)
def join_namespace(): call("setns", -1, 0)
def mount(): call("mount", 0, 0, 0, 0, 0)
def unmount(): call("umount2", b"/no/such/place", 0)
def change_root(): call("chroot", b"/no/such/place")
def ring(): call("io_uring_setup", 0, 0)
def bpf(): call("bpf", -1, 0, 0)
def fault_handler(): call("userfaultfd", -1)
def perf(): call("perf_event_open", 0, 0, 0, -1, 0)
def keyring(): call("keyctl", -1, 0, 0, 0, 0)
def memory_file(): os.close(os.memfd_create("x"))
def shared_segment(): call("shmget", 0, 1, 0o1600)
def semaphores(): call("semget", 0, 0, 0)
def messages(): call("msgget", 2**20, 0)
def message_queue(): call("mq_open", b"/x", 0, 0, 0)
def watch_folder(): call("inotify_init1", -1)
def open_by_handle(): call("open_by_handle_at", -1, 0, 0)
def attributes(): call("setxattr", b"/no/such/place", b"user.x", 0, 0, 0)
def personality(): call("personality", 0xFFFFFFFF)
def system_log(): call("syslog", -1, 0, 0)
def type_for_others(): call("ioctl", 0, 0x5412, b"x")
def large_file():
    with open("large", "wb") as file:
        file.truncate(65 * 2**20)
def large_memory(): mmap.mmap(-1, 2**31, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
def many_files():
    for _ in range(300): os.open("/dev/null", os.O_RDONLY)

# What must go on working.

def own_files():
    os.makedirs("a/b/c"); open("a/b/c/x", "w").write("1"); os.rename("a/b/c/x", "a/y"); os.rmdir("a/b/c")
    assert open("a/y").read() == "1"
    open("a/y", "w").write("2"); os.unlink("a/y")
def copy_with_mode():
    import shutil
    open("from", "w").write("1"); shutil.copy2("from", "to"); shutil.move("to", "moved")
def own_home():
    import tempfile
    open(os.path.expanduser("~/x"), "w").close(); tempfile.NamedTemporaryFile().close()
    assert os.getcwd() == tempfile.gettempdir() == os.environ["HOME"] == SCRATCH
def given_file(): assert open("data.csv").read() == "given"
def threads():
    each = [threading.Thread(target=time.sleep, args=(0.01,)) for _ in range(8)]
    for one in each: one.start()
    for one in each: one.join()
def pair():
    one, other = socket.socketpair(); one.sendall(b"x"); assert other.recv(1) == b"x"
def event_loop():
    import asyncio
    assert asyncio.run(asyncio.sleep(0, 5)) == 5
def libraries():
    import csv, decimal, hashlib, lzma, multiprocessing, sqlite3, ssl, zoneinfo
    import numpy, matplotlib.ft2font
    import matplotlib
    open(os.path.join(os.path.dirname(matplotlib.__file__), "mpl-data/fonts/ttf/DejaVuSans.ttf"), "rb").read(4)
    time.tzset()
def own_worker(): open(sys.modules["kit_worker"].__path__[0] + "/channel.py").read()
def processors(): assert os.cpu_count() and open("/proc/cpuinfo").read() and open("/proc/meminfo").read()
def own_process(): open("/proc/self/status").read(); os.listdir("/proc/self/fd"); open("/proc/self/maps").readline()
def devices(): open("/dev/null", "w").write("x"); open("/dev/urandom", "rb").read(2); open("/dev/zero", "rb").read(2)
def own_signals():
    seen = []
    signal.signal(signal.SIGUSR1, lambda *_: seen.append(1)); os.kill(os.getpid(), signal.SIGUSR1)
    signal.raise_signal(signal.SIGUSR1); assert len(seen) == 2
def shared_mapping(): mmap.mmap(-1, 4096)[0] = 1
'''
STOPPED_FROM: dict[Level, str] = {
    Level.A_PLUS: "see_file see_solution enter_folder",
    Level.A: (
        "read_file list_folder read_solution read_checks read_grader import_grader read_users read_parent "
        "read_process list_processes list_root up_and_out read_by_link write_file append_to_file make_file "
        "make_folder remove_file rename_file link_out link_in make_pipe write_shared_memory write_beside"
    ),
    Level.B: (
        "truncate truncate_own truncate_while_reading chmod set_time chown tcp udp unix netlink datagram_pair fork "
        "run_program spawn run_instead signal_parent signal_group signal_all signal_by_owner signal_by_thread "
        "queue_signal renice_parent limit_parent move_parent watch_parent trace grip_parent live_on new_namespace "
        "join_namespace mount unmount change_root ring bpf fault_handler perf keyring memory_file shared_segment "
        "semaphores messages message_queue watch_folder open_by_handle attributes personality system_log "
        "type_for_others"
    ),
    Level.C: "large_file large_memory many_files",
}
DEPEND_ON_THE_MACHINE = {
    *("watch_parent", "trace", "signal_group", "mount", "unmount", "change_root", "ring", "bpf", "fault_handler"),
    *("perf", "keyring", "message_queue", "open_by_handle", "system_log", "queue_signal", "join_namespace"),
    *("new_namespace", "netlink", "limit_parent", "renice_parent", "move_parent", "type_for_others"),
    *("write_shared_memory", "read_process"),
}
"""Below the level that stops them, these may fail for reasons of their own."""
MUST_WORK = (
    *("own_files", "copy_with_mode", "own_home", "given_file", "threads", "pair", "event_loop", "libraries"),
    *("own_worker", "processors", "own_process", "devices", "own_signals", "shared_mapping"),
)
LEVELS = [level for level in Level if level is not Level.NONE]
NAMES = [*MUST_WORK, *(name for names in STOPPED_FROM.values() for name in names.split())]


@functools.cache
def available() -> Level:
    return probe()


@functools.cache
def tried(level: Level) -> dict[str, str]:
    """What came of every attempt at a level."""
    if not available().reaches(level):
        pytest.skip(f"level {level} cannot be had here")
    with tempfile.TemporaryDirectory() as folder:
        scratch, outside = Path(folder, "scratch"), Path(folder, "outside")
        for each in (scratch, outside):
            each.mkdir()
        for name in ("secret", "victim", "doomed"):
            (outside / name).write_text("secret", "utf-8")
        (scratch / "data.csv").write_text("given", "utf-8")
        words = [level, str(scratch), str(outside), str(ROOT), str(os.getpid()), f"NAMES = {NAMES}\n{ATTEMPTS}"]
        source = RUN.format(worker=str(WORKER / "__main__.py"))
        done = subprocess.run(
            [sys.executable, "-I", "-c", source, *words],
            capture_output=True,
            text=True,
            check=False,
            env=worker_environment(),
        )
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return found


@linux_only
@pytest.mark.parametrize("level", LEVELS)
def test_the_level_that_was_asked_for_is_in_force(level: Level) -> None:
    assert tried(level)["level"] == level


@linux_only
@pytest.mark.parametrize(
    ("level", "name"),
    [
        pytest.param(level, name, id=f"{level}-{name}")
        for level in LEVELS
        for since, names in STOPPED_FROM.items()
        if level.reaches(since)
        for name in names.split()
    ],
)
def test_a_level_stops(level: Level, name: str) -> None:
    assert tried(level)[name] != "through"


@linux_only
@pytest.mark.parametrize(
    ("level", "name"),
    [
        pytest.param(level, name, id=f"{level}-{name}")
        for level in LEVELS
        for since, names in STOPPED_FROM.items()
        if not level.reaches(since)
        for name in names.split()
        if name not in DEPEND_ON_THE_MACHINE
    ],
)
def test_a_lower_level_does_not_stop(level: Level, name: str) -> None:
    """So the tests above would notice if a layer were missing."""
    assert tried(level)[name] == "through"


@linux_only
@pytest.mark.parametrize("name", MUST_WORK)
@pytest.mark.parametrize("level", LEVELS)
def test_what_lessons_need_goes_on_working(level: Level, name: str) -> None:
    assert tried(level)[name] == "through"


# It fails closed.

BROKEN = {
    "namespaces": "confinement.namespaces._unmount = fail",
    "landlock": "confinement.landlock.ALL_FILES = {1: 1 << 40}",
    "seccomp": "confinement.seccomp.MODE_FILTER = 99",
    "limits": "confinement.limits._lower = fail",
    "capabilities": "confinement.capabilities.VERSION_3 = 0",
    "one thread": "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()",
    "scratch": "sys.argv[2] += '/nowhere'",
}


@linux_only
@pytest.mark.parametrize("break_it", BROKEN.values(), ids=BROKEN)
def test_a_part_that_worked_when_it_was_tried_and_fails_later_stops_everything(break_it: str, tmp_path: Path) -> None:
    if available() is not Level.A_PLUS:
        pytest.skip("not all parts can be had here")
    source = (
        f"import runpy, sys\nrunpy.run_path({str(WORKER / '__main__.py')!r})['load_package']()\n"
        "from kit_worker import confinement\nconfinement.prepare(sys.argv[1])\n"
        "def fail(*_): raise PermissionError('broken')\n"
        f"{break_it}\ntry: confinement.confine(sys.argv[2], 2**30)\n"
        "except OSError as problem: print('refused', problem)"
    )

    done = subprocess.run(
        [sys.executable, "-I", "-c", source, "A+", str(tmp_path)], capture_output=True, text=True, check=False
    )

    assert done.stdout.startswith("refused"), done.stderr


# What may be read.


def test_places_are_libraries_fonts_and_clocks() -> None:
    forbidden = [ROOT, ROOT / "solutions", ROOT / "tests", ROOT / "grader", Path.home(), Path("/"), Path("/tmp")]

    shown = [Path(each) for each in places.readable()]

    assert [each for each in forbidden for place in shown if each == place or place in each.parents] == []
    assert WORKER in shown


def test_a_folder_that_an_editable_installation_puts_on_the_path_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [*sys.path, str(ROOT), str(ROOT / "tests"), ""])
    places.readable.cache_clear()

    shown = places.readable()

    places.readable.cache_clear()
    assert str(ROOT) not in shown
    assert str(ROOT / "tests") not in shown


# Landlock knows more on newer kernels.


@pytest.mark.parametrize(
    ("abi", "files", "tcp", "scopes"),
    [(1, 0x1FFF, 0, 0), (2, 0x3FFF, 0, 0), (3, 0x7FFF, 0, 0), (4, 0x7FFF, 3, 0), (5, 0xFFFF, 3, 0), (7, 0xFFFF, 3, 3)],
)
def test_each_version_of_landlock_is_asked_for_what_it_knows(abi: int, files: int, tcp: int, scopes: int) -> None:
    assert landlock.known(landlock.ALL_FILES, abi) == files
    assert landlock.known(landlock.BIND_AND_CONNECT_TCP, abi) == tcp
    assert landlock.known(landlock.ABSTRACT_SOCKETS_AND_SIGNALS, abi) == scopes


# Levels.


def test_each_level_holds_all_parts_of_the_next() -> None:
    parts = list(levels.NEEDED.values())

    assert all(stronger > weaker for stronger, weaker in itertools.pairwise(parts))
    assert [levels.level_of(each) for each in parts] == list(levels.NEEDED)


def test_parts_without_those_that_they_build_on_make_no_level() -> None:
    assert levels.level_of(frozenset({"limits", "landlock", "namespaces"})) == "C"


def test_parent_and_worker_name_the_same_levels() -> None:
    assert list(reversed(levels.NEEDED)) == LEVELS
    assert set(NOT_STOPPED) == set(Level)


# The filter, run by hand: a machine that is not this one can be asked, too.

PID = 4321
ORDINARY = {"x86_64": (0, 1, 9, 202, 228, 318), "aarch64": (63, 64, 222, 98, 113, 278)}
"""read, write, mmap, futex, clock_gettime/nanosleep, getrandom."""


def judge(machine: str, number: int, *arguments: int, architecture: int | None = None) -> int:
    """Run the filter as the kernel would."""
    where = seccomp.ARCHITECTURES[machine] if architecture is None else architecture
    padded = [*arguments, 0, 0, 0, 0, 0, 0][:6]
    data = struct.pack("<IIQ6Q", number, where, 0, *(each % 2**64 for each in padded))
    program, at, accumulator = seccomp.program(machine, PID), 0, 0
    while True:
        operation, if_true, if_false, operand = program[at]
        at += 1
        match operation:
            case seccomp.LOAD:
                (accumulator,) = struct.unpack_from("<I", data, operand)
            case seccomp.AND:
                accumulator &= operand
            case seccomp.RETURN:
                return operand
            case seccomp.EQUAL:
                at += if_true if accumulator == operand else if_false
            case seccomp.AT_LEAST:
                at += if_true if accumulator >= operand else if_false
            case seccomp.ANY_BIT:
                at += if_true if accumulator & operand else if_false


machines = pytest.mark.parametrize("machine", syscalls.MACHINES)


@machines
def test_the_filter_is_one_that_the_kernel_accepts(machine: str) -> None:
    program = seccomp.program(machine, PID)

    assert len(program) < 4096
    assert all(0 <= each < 256 for instruction in program for each in instruction[1:3])
    assert program[-1][0] == seccomp.RETURN


@machines
def test_calls_are_answered_as_the_table_says(machine: str) -> None:
    for numbers, action in (
        (syscalls.REFUSED, seccomp.REFUSE),
        (syscalls.PRETENDED, seccomp.PRETEND),
        (syscalls.ABSENT, seccomp.DENY_EXISTENCE),
    ):
        found = {name: judge(machine, number) for name, number in syscalls.on(machine, numbers).items()}
        assert found == dict.fromkeys(found, action)
    assert {judge(machine, number) for number in ORDINARY[machine]} == {seccomp.ALLOW}


@machines
def test_calls_of_other_architectures_and_of_the_future_are_not_made(machine: str) -> None:
    assert judge(machine, 0, architecture=0x40000003) == seccomp.KILL
    assert judge(machine, seccomp.SECOND_ABI + 1) == seccomp.KILL
    assert judge(machine, syscalls.LAST + 1) == seccomp.ERROR | errno.ENOSYS


@machines
@pytest.mark.parametrize(
    ("name", "allowed", "refused"),
    [
        pytest.param("clone", [(0x3D0F00,)], [(17,), (0x4111,), (0x11 | 0x10000000,)], id="clone"),
        pytest.param("kill", [(PID, 9)], [(1, 9), (-PID, 9), (0, 9), (-1, 9)], id="kill"),
        pytest.param("tgkill", [(PID, PID, 6)], [(1, 1, 9)], id="tgkill"),
        pytest.param("prlimit64", [(0, 7), (PID, 7)], [(1, 7)], id="prlimit64"),
        pytest.param("sched_setaffinity", [(0,), (PID,)], [(1,)], id="sched_setaffinity"),
        pytest.param("socketpair", [(1, 1), (1, 1 | 0o2000000)], [(1, 2), (1, 5), (2, 1)], id="socketpair"),
        pytest.param("ioctl", [(0, 0x5401)], [(0, 0x5412), (0, 0x541C), (0, 0x8901), (0, 2**32 + 0x5412)], id="ioctl"),
        pytest.param("fcntl", [(3, 1), (3, 1030)], [(3, 8), (3, 10), (3, 15)], id="fcntl"),
        pytest.param("prctl", [(15,), (22,), (38,)], [(1,), (4,), (36,)], id="prctl"),
        pytest.param(
            "openat",
            [(-100, 0, 0), (-100, 0, 0o1102), (-100, 0, 0o1101)],
            [(-100, 0, 0o1000), (-100, 0, 0o1100)],
            id="openat",
        ),
    ],
)
def test_some_calls_are_judged_by_their_arguments(
    machine: str, name: str, allowed: list[tuple[int, ...]], refused: list[tuple[int, ...]]
) -> None:
    number = syscalls.on(machine, syscalls.JUDGED)[name]

    assert {judge(machine, number, *arguments) for arguments in allowed} == {seccomp.ALLOW}
    assert {judge(machine, number, *arguments) for arguments in refused} == {seccomp.REFUSE}


HEADERS = {
    "x86_64": Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    "aarch64": Path("/usr/include/asm-generic/unistd.h"),
}


@machines
def test_numbers_are_those_of_the_kernels_headers(machine: str) -> None:
    if not HEADERS[machine].is_file():
        pytest.skip("the kernel's headers are not installed")
    found = re.findall(r"^#define __NR(?:3264)?_(\w+)\s+(\d+)$", HEADERS[machine].read_text("utf-8"), re.MULTILINE)
    known = {name: int(number) for name, number in found}

    ours = {
        name: number
        for numbers in (syscalls.REFUSED, syscalls.PRETENDED, syscalls.ABSENT, syscalls.JUDGED)
        for name, number in syscalls.on(machine, numbers).items()
    }

    newer = {name for name in ours if ours[name] > max(known.values())}
    assert len(newer) < 4
    assert {name: ours[name] for name in ours.keys() - newer} == {name: known[name] for name in ours.keys() - newer}
    assert [name for name, number in known.items() if name in _everywhere() and name not in ours] == []


def _everywhere() -> set[str]:
    """Every call that is named in a table, on any machine."""
    tables = (syscalls.REFUSED, syscalls.PRETENDED, syscalls.ABSENT, syscalls.JUDGED)
    return {name for numbers in tables for name in numbers}
