import os

os._exit(86)
