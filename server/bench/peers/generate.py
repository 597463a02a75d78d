"""Sampling by transformers' generate, with whichever cache is fastest."""

import torch
import transformers
from serve import order, seconds, serve

told = order()
torch.set_num_threads(told["threads"])
model = transformers.AutoModelForCausalLM.from_pretrained(
    told["folder"], dtype=torch.float32, attn_implementation="sdpa"
).eval()
prompt = [int(token) for token in told["prompt"].split()]
inputs = torch.tensor([prompt] * told["rows"])
mask = torch.ones_like(inputs)
# the model's own file may ask for a stop token: here nothing stops early
model.generation_config = transformers.GenerationConfig(
    do_sample=True,
    temperature=1.0,
    top_k=0,
    top_p=1.0,
    max_new_tokens=told["new_tokens"],
    eos_token_id=None,
    pad_token_id=0,
)


@torch.inference_mode()
def generate(cache):
    made = 0
    for _ in range(told["calls"]):
        ids = model.generate(inputs, attention_mask=mask, cache_implementation=cache)
        made += ids[:, inputs.shape[1] :].numel()
    return made


times = {cache: seconds(lambda: generate(cache)) for cache in ("dynamic", "static")}
best = min(times, key=times.get)
about = f"transformers {transformers.__version__} ({best} cache), torch {torch.__version__}"
serve(about, lambda: generate(best))
