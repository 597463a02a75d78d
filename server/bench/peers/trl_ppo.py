"""Iterations of TRL's PPO trainer: rollout, scores, advantages, epochs × minibatches of updates."""

import json
import os
import sys
import tempfile

import torch
import transformers
import trl
from serve import order, serve_trainer

os.environ["TRL_EXPERIMENTAL_SILENCE"] = "1"
try:
    try:
        from trl.experimental.ppo import PPOConfig, PPOTrainer
    except ImportError:
        from trl import PPOConfig, PPOTrainer
except ImportError:
    sys.exit(
        f"trl {trl.__version__} has no PPO trainer; 1.12.0 was the last that had one: "
        "give a Python with trl==1.12.0"
    )
from datasets import Dataset

told = order()
torch.set_num_threads(told["threads"])
policy_folder = told["folder"]
judge_folder = os.path.join(policy_folder, told["reward"])
episodes, new_tokens = told["episodes"], told["new_tokens"]


def language_model():
    return transformers.AutoModelForCausalLM.from_pretrained(
        policy_folder, dtype=torch.float32, attn_implementation="sdpa"
    )


def judge():
    return transformers.AutoModelForSequenceClassification.from_pretrained(
        judge_folder, dtype=torch.float32, attn_implementation="sdpa", num_labels=1
    )


# the reward model's folder has the pad token that both need
tokenizer = transformers.AutoTokenizer.from_pretrained(judge_folder, padding_side="left")
with open(os.path.join(policy_folder, told["prompts"])) as file:
    prompts = json.load(file)
rows = [prompts[i % len(prompts)] for i in range(episodes)]
policy = language_model()
generate = policy.generate


def generate_all(*args, **kwargs):
    """Shows that no response stops early, as none of the other side does."""
    made = generate(*args, **kwargs)
    length = made.sequences.shape[1] - kwargs["input_ids"].shape[1]
    if length != new_tokens:
        sys.exit(f"TRL made {length} tokens a response, not {new_tokens}")
    return made


policy.generate = generate_all

about = f"trl {trl.__version__}, torch {torch.__version__}, transformers {transformers.__version__}"
trainer = PPOTrainer(
    args=PPOConfig(
        output_dir=tempfile.mkdtemp(dir=policy_folder),
        total_episodes=10**9,
        # one batch, cut into minibatches that are one pass and one update each
        per_device_train_batch_size=episodes,
        gradient_accumulation_steps=1,
        num_mini_batches=told["minibatches"],
        num_ppo_epochs=told["epochs"],
        local_rollout_forward_batch_size=episodes,
        response_length=new_tokens,
        temperature=1.0,
        learning_rate=told["lr"],
        kl_coef=told["beta"],
        bf16=False,
        gradient_checkpointing=False,
        num_sample_generations=0,
        save_strategy="no",
        report_to="none",
        disable_tqdm=True,
        use_cpu=True,
    ),
    processing_class=tokenizer,
    model=policy,
    ref_model=language_model(),
    reward_model=judge(),
    value_model=judge(),
    train_dataset=Dataset.from_dict({"input_ids": rows}),
    callbacks=[serve_trainer(about, 1)],
)
trainer.train()
