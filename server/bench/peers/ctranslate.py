"""Sampling by CTranslate2, in fp32; rows on one stream of all threads or on one stream a thread."""

import json
import os
import sys

import ctranslate2
from serve import order, seconds, serve

told = order()
source = told["folder"]
target = os.path.join(source, "ctranslate2")


def convert():
    from ctranslate2.converters import TransformersConverter

    with open(os.path.join(source, "config.json")) as file:
        vocab = json.load(file)["vocab_size"]

    class Ids:
        """A tokenizer whose tokens are their ids: prompts are given as ids."""

        bos_token = eos_token = unk_token = "0"

        def get_vocab(self):
            return {str(i): i for i in range(vocab)}

    class Converter(TransformersConverter):
        def load_tokenizer(self, *args, **kwargs):
            return Ids()

    Converter(source).convert(target, force=True)


# in a process of its own: the memory that PyTorch takes to read the model is not CTranslate2's
child = os.fork()
if child == 0:
    convert()
    os._exit(0)
if os.waitpid(child, 0)[1] != 0:
    sys.exit(1)

rows, new_tokens, threads = told["rows"], told["new_tokens"], told["threads"]
prompts = [told["prompt"].split()] * rows


def generation(streams):
    generator = ctranslate2.Generator(
        target,
        device="cpu",
        compute_type="float32",
        inter_threads=streams,
        intra_threads=threads // streams,
    )

    def once():
        made = generator.generate_batch(
            prompts,
            max_batch_size=-(-rows // streams),
            max_length=new_tokens,
            min_length=new_tokens,  # nothing stops early
            sampling_topk=0,
            sampling_temperature=1,
            include_prompt_in_result=False,
        )
        return sum(len(result.sequences_ids[0]) for result in made)

    return lambda: sum(once() for _ in range(told["calls"]))


choices = {streams: generation(streams) for streams in {1, min(threads, rows)}}
times = {streams: seconds(run) for streams, run in choices.items()}
best = min(times, key=times.get)
run = choices[best]
choices.clear()
serve(f"ctranslate2 {ctranslate2.__version__} ({best} streams)", run)
