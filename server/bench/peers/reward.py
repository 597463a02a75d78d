"""One update of a reward model by PyTorch from pairs, chosen and rejected in one forward pass."""

import json
import os

import torch
import torch.nn.functional as F
import transformers
from serve import order, serve

told = order()
torch.set_num_threads(told["threads"])
model = transformers.AutoModelForSequenceClassification.from_pretrained(
    told["folder"],
    dtype=torch.float32,
    attn_implementation="sdpa",
    activation_function="gelu_pytorch_tanh",  # the same function in one kernel
    use_cache=False,
).train()
with open(os.path.join(told["folder"], told["pairs"])) as file:
    pairs = torch.tensor(json.load(file))
rows = pairs.transpose(0, 1).flatten(0, 1).contiguous()  # all chosen, then all rejected
optimizer = torch.optim.AdamW(
    model.parameters(), lr=told["lr"], betas=(0.9, 0.95), weight_decay=0.0, fused=True
)


def loss_of(rows):
    chosen, rejected = model(input_ids=rows).logits.view(2, -1)
    return -F.logsigmoid(chosen - rejected).mean()


forward = torch.compile(loss_of) if told["compiled"] else loss_of


def step():
    loss = forward(rows)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    return loss.item()


serve(f"torch {torch.__version__}, transformers {transformers.__version__}", step)
