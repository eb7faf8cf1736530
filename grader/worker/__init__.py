"""The worker: the only process that holds a student's code and TensorFlow.

Contract
--------
* Started as ``python -I <this folder>/__main__.py`` with a clean environment;
  it imports the standard library, NumPy and Keras, and nothing of the kit.
* It is handed requests and answers each with exactly one message
  (``channel.py`` has the frames, ``child.py`` the list of requests).
  Messages are JSON; arrays travel beside it as raw bytes. Never pickle.
* It holds no expected value, no check, no solution and no other submission.
  Whatever it says is hostile input to the parent: ``grader/evidence.py``
  parses it, strictly, and only there.

Shapes follow Keras: a batch of sequences is ``(batch, time, features)``, a
batch of word indices is ``(batch, time)``.
"""
