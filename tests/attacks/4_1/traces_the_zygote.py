# tries: Attaches to the zygote as a debugger, and reads its memory with process_vm_readv.
# ko: 디버거로 자이고트에 붙고, process_vm_readv로 메모리를 읽습니다.
# expect: 4/8
# stopped: A+ A B
import ctypes
import os
from tensorflow.keras import Sequential, layers


def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])


def build_model2():
    return Sequential([layers.Embedding(256, 100), layers.LSTM(20)])


libc = ctypes.CDLL(None, use_errno=True)
ATTACH, DETACH = 16, 17
for process in (os.getppid(), int("@PARENT@" if "@PARENT@".isdigit() else 0)):
    if process and libc.ptrace(ATTACH, process, None, None) == 0:
        print("BREACH: a debugger was attached to another process")
        os.waitpid(process, 0x40000000)
        libc.ptrace(DETACH, process, None, None)
pidfd = libc.syscall(434, os.getppid(), 0)
if pidfd >= 0:
    print("BREACH: another process can be held by a pidfd")
    os.close(pidfd)
