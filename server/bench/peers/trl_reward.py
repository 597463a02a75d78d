"""Passes over preference pairs by TRL's RewardTrainer: two forward passes a pair."""

import json
import math
import os
import tempfile

import torch
import transformers
import trl
from datasets import Dataset
from serve import order, serve_trainer
from trl import RewardConfig, RewardTrainer

told = order()
torch.set_num_threads(told["threads"])
folder = told["folder"]
with open(os.path.join(folder, told["pairs"])) as file:
    pairs = json.load(file)
batch = told["batch"]
versions = f"trl {trl.__version__}, torch {torch.__version__}, transformers {transformers.__version__}"
trainer = RewardTrainer(
    model=transformers.AutoModelForSequenceClassification.from_pretrained(
        folder, dtype=torch.float32, attn_implementation="sdpa", num_labels=1
    ),
    args=RewardConfig(
        output_dir=tempfile.mkdtemp(dir=folder),
        num_train_epochs=10**6,
        per_device_train_batch_size=batch,
        learning_rate=told["lr"],
        lr_scheduler_type="constant",
        bf16=False,
        gradient_checkpointing=False,
        max_length=None,
        logging_strategy="no",
        save_strategy="no",
        report_to="none",
        disable_tqdm=True,
        use_cpu=True,
    ),
    processing_class=transformers.AutoTokenizer.from_pretrained(folder),
    train_dataset=Dataset.from_dict(
        {
            "chosen_ids": [chosen for chosen, _ in pairs],
            "rejected_ids": [rejected for _, rejected in pairs],
        }
    ),
    callbacks=[
        serve_trainer(
            f"{versions} ({batch} pairs a batch)",
            math.ceil(len(pairs) / batch),
            len(pairs),
        )
    ],
)
trainer.train()
