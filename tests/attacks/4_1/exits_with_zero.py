# tries: Exits with code 0 as soon as it is imported, as if all had passed.
# ko: 불러오자마자 종료 코드 0으로 끝내서 모두 통과한 것처럼 보이게 합니다.
# expect: 0/8
# stopped: A+ A B C D
import os

os._exit(0)
