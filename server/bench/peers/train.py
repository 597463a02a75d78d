"""One update of a language model by PyTorch: forward, backward, clipping, AdamW."""

import json
import os

import torch
import torch.nn.functional as F
import transformers
from serve import order, serve

told = order()
torch.set_num_threads(told["threads"])
folder = told["folder"]
model = transformers.AutoModelForCausalLM.from_pretrained(
    folder,
    dtype=torch.float32,
    attn_implementation="sdpa",
    activation_function="gelu_pytorch_tanh",  # the same function in one kernel
    use_cache=False,
).train()
with open(os.path.join(folder, told["tokens"])) as file:
    tokens = torch.tensor(json.load(file))
inputs, targets = tokens[:, :-1].contiguous(), tokens[:, 1:].flatten()
optimizer = torch.optim.AdamW(
    model.parameters(), lr=told["lr"], weight_decay=0.0, fused=True
)


def loss_of(inputs, targets):
    logits = model(input_ids=inputs).logits
    return F.cross_entropy(logits.flatten(0, 1), targets)


forward = torch.compile(loss_of) if told["compiled"] else loss_of


def step():
    loss = forward(inputs, targets)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    return loss.item()


def steps():
    return [step() for _ in range(told["steps"])][-1]


about = f"torch {torch.__version__}, transformers {transformers.__version__}"
serve(about, steps, told["steps"])
