# expect: 8/8
# notes: Markdown fences

아래는 제 답안입니다. 먼저 모델 1:

```python
from tensorflow.keras import layers, Sequential

def build_model1():
    model = Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])
    return model
```

모델 2는 Dense를 하나 더 붙이면 됩니다.

    ```python
    def build_model2():
        model = Sequential()
        model.add(layers.Embedding(256, 100))
        model.add(layers.SimpleRNN(20))
        model.add(layers.Dense(10, activation='softmax'))
        return model

    def main():
        build_model1().summary()
        build_model2().summary()
    ```

감사합니다!
