#!/usr/bin/env python
# coding: utf-8
# expect: 8/8

# # 실습 4-1

# In[3]:


get_ipython().system('pip install -q tensorflow==2.8')
get_ipython().run_line_magic('matplotlib', 'inline')
import tensorflow as tf
from tensorflow.keras import layers, Sequential


# In[12]:


def build_model1():
    model = Sequential()
    model.add(layers.Embedding(10, 5))
    model.add(layers.SimpleRNN(3))
    return model


# In[7]:


get_ipython().run_cell_magic('time', '', "def build_model2():\n    model = Sequential()\n    model.add(layers.Embedding(256, 100))\n    model.add(layers.SimpleRNN(20))\n    model.add(layers.Dense(10, activation='softmax'))\n    return model\n")


# In[15]:


get_ipython().run_line_magic('time', 'm = build_model2()')
m.summary()


# In[ ]:




