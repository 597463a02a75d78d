import { Command } from "commander";
import { aggregateCommand } from "./aggregate";
import { agreementCommand } from "./agreement";
import { doctorCommand } from "./doctor";
import { evalBestOfN } from "./eval-best-of-n";
import { evalLm } from "./eval-lm";
import { evalReward } from "./eval-reward";
import { exampleSort } from "./example-sort";
import { generateCommand } from "./generate";
import { modelInit } from "./model-init";
import { modelInspect } from "./model-inspect";
import { modelMerge } from "./model-merge";
import { scoreCommand } from "./score";
import { tokenizerTrain } from "./tokenizer-train";
import { trainDpoCommand } from "./train-dpo";
import { trainPpoCommands } from "./train-ppo";
import { trainRewardCommand } from "./train-reward";
import { trainSftCommand } from "./train-sft";
import { revealedVersion } from "./versions";

/**
 * All commands. Later ones register themselves here by one line.
 * @param args the command line, which a training repeats when it says how to resume
 */
export function createProgram(args: readonly string[]): Command {
  const program = new Command("revealed")
    .description("Rank, learn, improve, and rank again: the whole circle from a shell.")
    .version(revealedVersion())
    .exitOverride()
    .showSuggestionAfterError()
    .configureHelp({ sortSubcommands: false, showGlobalOptions: false })
    .configureOutput({
      writeErr: (text) => {
        process.stderr.write(oneSentence(text));
      },
    });
  program.addHelpText("after", WALK);
  tokenizerTrain(program.command("tokenizer").description("make a tokenizer"));
  const model = program.command("model").description("make or look at a model");
  modelInit(model);
  modelInspect(model);
  modelMerge(model);
  const train = program.command("train").description("train a model");
  trainSftCommand(train, args);
  trainRewardCommand(train, args);
  trainPpoCommands(train, args);
  trainDpoCommand(train, args);
  generateCommand(program);
  scoreCommand(program);
  const evaluate = program.command("eval").description("measure a model");
  evalLm(evaluate);
  evalReward(evaluate);
  evalBestOfN(evaluate);
  doctorCommand(program);
  agreementCommand(program);
  aggregateCommand(program);
  exampleSort(program.command("example").description("the whole circle on an example"));
  return program;
}

/** commander's "error: …" as one line in our own voice; help asked for by mistake stays whole. */
function oneSentence(text: string): string {
  if (!text.startsWith("error: ")) return text;
  const said = text
    .slice("error: ".length)
    .trim()
    .replaceAll(/\s*\n\s*/g, " ");
  return `revealed: ${said}${/[.?!)]$/.test(said) ? "" : "."} See --help.\n`;
}

const WALK = `
The circle by hand (every command has an example under --help):
  $ revealed tokenizer train --data stories.jsonl --vocab 2000 --out tok
  $ revealed model init --arch gpt2 --tokenizer tok --seed 1 --out base
  $ revealed train sft --model base --data demonstrations.jsonl --out sft
  $ revealed generate --model sft --prompts prompts.jsonl --k 6 --max-new-tokens 60 --out answers.jsonl
  … rank the answers, on the site or in a file …
  $ revealed train reward --model sft --data rankings.jsonl --out rm
  $ revealed train ppo --model sft --reward rm --prompts prompts.jsonl --out policy
PPO has company: train rloo and grpo by the same rewards, train dpo by the rankings alone.
Or all of it on an example that a program can check:
  $ revealed example sort --out sorter
`;
