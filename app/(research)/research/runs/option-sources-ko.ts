/** Where options' values come from, in Korean, by the English words; what is missing is a citation, the same in both. */
export const koreanSources: Partial<Record<string, string>> = {
  "1; 5 in Coste et al. 2023": "1, Coste et al. 2023은 5",
  "false, as in Coste et al. 2023": "false, Coste et al. 2023처럼",
  "0: any does": "0: 무엇이든 괜찮아요",
  "null; 2e-5 is TRL's": "null. TRL은 2e-5예요",
  "1; InstructGPT ran 16 and chose by reward": "1. InstructGPT는 16번 돌고 보상으로 골랐어요",
  "0: InstructGPT names none": "0: InstructGPT는 말하지 않아요",
  "16384, which fits small models in 2 GB": "16384. 작은 모델이면 2GB에 들어가요",
  "null: as large passes as fit": "null: 들어가는 만큼 크게",
  "false; gradient checkpointing, Chen et al. 2016":
    "false. 그래디언트 체크포인팅, Chen et al. 2016",
  "1, batches of chance alone; 50 in transformers' group_by_length":
    "1, 우연히 섞인 배치예요. transformers의 group_by_length는 50이에요",
  "null: off; 0.999 is common": "null: 끔. 흔히 0.999를 써요",
  "null: it takes time": "null: 시간이 걸려요",
  "false: the last, as published": "false: 논문처럼 마지막 가중치예요",
  "null: all that fits": "null: 들어가는 만큼",
  "null: the epochs decide": "null: epochs를 따라요",
  "error, so that no data goes missing silently": "error: 데이터가 소리 없이 사라지지 않게 해요",
  "0: every word counts; unigram noising, Xie et al. 2017":
    "0: 모든 낱말을 그대로 봐요. 유니그램 노이즈, Xie et al. 2017",
  "0: all learn": "0: 모두 배워요",
  "null: all learn": "null: 모두 배워요",
  "false: only the completion is": "false: 답변만 배워요",
  "false: one row each is simpler to follow": "false: 한 줄씩이 이해하기 쉬워요",
  "null; 8 to 64 is usual": "null. 보통 8에서 64예요",
  "null: 2 r, a common choice": "null: 흔히 쓰는 2 r이에요",
  "null: in all": "null: 모든 블록",
  "{}: all the same": "{}: 모두 같아요",
  "[]: none": "[]: 없음",
  "null: none": "null: 없음",
  "all-linear: all but the head": "all-linear: 헤드를 뺀 모두예요",
  "null; 9e-6 is InstructGPT's": "null. InstructGPT는 9e-6이에요",
  "1, InstructGPT: more overfits, as all pairs of a prompt are seen at once":
    "1, InstructGPT. 프롬프트의 모든 쌍을 한꺼번에 보므로 더 돌면 과적합돼요",
  "null: the data say it best": "null: 데이터가 가장 잘 알아요",
  "implied, so that a ranking with ties is no weaker; batch is what training pair by pair does":
    "implied: 동점이 있는 순위도 똑같이 중요해요. batch는 쌍마다 따로 배울 때와 같아요",
  "weights: every batch moves alike": "weights: 모든 배치가 똑같이 움직여요",
  "0; Llama 2 uses up to 3": "0. Llama 2는 3까지 써요",
  "0; 0.01 in TRL": "0. TRL은 0.01이에요",
  "0: people are taken at their word": "0: 사람의 순위를 그대로 믿어요",
  "50: where a run can be judged": "50: 결과를 판단할 수 있는 길이예요",
  "256; 512 in Stiennon et al.": "256. Stiennon et al.은 512예요",
  "64: short answers; 53 in Huang et al. 2024 on TL;DR":
    "64: 짧은 답변이에요. Huang et al. 2024는 TL;DR에서 53이에요",
  "1, InstructGPT; 0.7 in the code of Ziegler et al.":
    "1, InstructGPT. Ziegler et al.의 코드는 0.7이에요",
  "1e-5, near Stiennon's 1.5e-5; a model under 10 million parameters learns at 3e-4":
    "1e-5, Stiennon의 1.5e-5에 가까워요. 파라미터 천만 개보다 작은 모델은 3e-4에서 배워요",
  "null: the same, Stiennon et al.; 9e-6 in InstructGPT":
    "null: 정책과 같아요, Stiennon et al. InstructGPT는 9e-6이에요",
  "0.1; without a fall a run was seen to fall back":
    "0.1. 줄이지 않으면 되돌아가는 학습이 있었어요",
  "0: Stiennon et al. name none; 10 iterations in InstructGPT":
    "0: Stiennon et al.은 말하지 않아요. InstructGPT는 10번 반복이에요",
  "adaptive, Ziegler et al.; fixed in InstructGPT":
    "adaptive, Ziegler et al. InstructGPT는 fixed예요",
  "0.15, Ziegler et al.; InstructGPT holds 0.02": "0.15, Ziegler et al. InstructGPT는 0.02예요",
  "null; 3 in Ye et al. 2020": "null. Ye et al. 2020은 3이에요",
  "0: off, as in Stiennon et al.": "0: Stiennon et al.처럼 꺼요",
  "false: scores keep their size; true in the code of Ziegler et al.":
    "false: 점수의 크기를 지켜요. Ziegler et al.의 코드는 true예요",
  "population, Huang et al. 2023; sample in TRL":
    "population, Huang et al. 2023. TRL은 sample이에요",
  "null: none; 5 or 10 are seen in practice": "null: 없음. 실제로는 5나 10을 써요",
  "set, the code of Ziegler et al.; subtract in TRL":
    "set, Ziegler et al.의 코드. TRL은 subtract예요",
  "0: as published, none": "0: 논문에는 없어요",
  "0: off; 27.8 in InstructGPT": "0: 끔. InstructGPT는 27.8이에요",
  "null; 8 an episode in InstructGPT": "null. InstructGPT는 에피소드마다 8개예요",
  "null: a person watches": "null: 사람이 지켜봐요",
  "4: enough to read each time": "4: 매번 읽기에 알맞아요",
  "1: each": "1: 매번",
  "clipped, TRL; reinforce in Ahmadian et al. 2024":
    "clipped, TRL. Ahmadian et al. 2024는 reinforce예요",
  "8, TRL; 64 in Shao et al. 2024": "8, TRL. Shao et al. 2024는 64예요",
  "group, Shao et al. 2024; none in Dr. GRPO": "group, Shao et al. 2024. Dr. GRPO는 none이에요",
  "false, as DPO and IPO are defined; TRL averages for IPO":
    "false: DPO와 IPO의 정의대로예요. TRL은 IPO에서 평균을 써요",
  "null; 1e-6 is that of Rafailov et al. 2023": "null. Rafailov et al. 2023은 1e-6이에요",
  "60: a first look, not a result": "60: 결과가 아니라 먼저 살펴보는 값이에요",
  "6: a first look, not a result": "6: 결과가 아니라 먼저 살펴보는 값이에요",
  "16: an update takes a moment": "16: 업데이트가 금방 끝나요",
  "64: an iteration takes seconds": "64: 한 반복이 몇 초면 돼요",
  "2: updates of 32 episodes": "2: 에피소드 32개씩 업데이트해요",
  "4096, which keeps the memory near 1 GB": "4096: 메모리를 1GB쯤으로 지켜요",
  "16: with adapters beside all linear modules enough for most, QLoRA (Dettmers 2023)":
    "16: 모든 선형 모듈 옆에 두면 대개 충분해요, QLoRA(Dettmers 2023)",
  "32: twice the rank, a common choice": "32: 흔히 쓰는 랭크의 두 배예요",
  "all-linear: attention alone learns less, Dettmers 2023":
    "all-linear: 어텐션만으로는 덜 배워요, Dettmers 2023",
  "true: a third slower, memory for one layer's values rather than all layers'":
    "true: 3분의 1쯤 느리지만 메모리가 크게 줄어요",
  "16: large batches serve adapters badly, Schulman 2025":
    "16: 어댑터에는 큰 배치가 맞지 않아요, Schulman 2025",
  "0.0001: ten times that of whole weights, Schulman 2025":
    "0.0001: 가중치 전체를 배울 때의 열 배예요, Schulman 2025",
  "30: enough to see which way it goes": "30: 어디로 가는지 알 수 있어요",
  "64: answers of a larger model take long": "64: 큰 모델은 답하는 데 오래 걸려요",
  "9.65e-6, InstructGPT at 1.3 and 6 billion parameters":
    "9.65e-6, 파라미터 13억·60억의 InstructGPT",
  "9e-6, InstructGPT at 6 billion parameters": "9e-6, 파라미터 60억의 InstructGPT",
  "9e-6, InstructGPT at 1.3 and 6 billion parameters": "9e-6, 파라미터 13억·60억의 InstructGPT",
  "0: InstructGPT had none": "0: InstructGPT에는 없어요",
  "4: a small model has learnt little after the published 1":
    "4: 작은 모델은 논문의 1번으로 거의 배우지 못해요",
  "16: a small snapshot gives few updates with the published 64":
    "16: 작은 스냅샷은 논문의 64로 몇 번 업데이트하지 못해요",
  "shift-and-scale, so that β and scoreClip mean the same":
    "shift-and-scale: β와 scoreClip의 뜻이 늘 같아져요",
  "1, Ouyang et al. 2022 (InstructGPT): more overfits":
    "1, Ouyang et al. 2022(InstructGPT). 더 돌면 과적합돼요",
  "64 prompts, InstructGPT": "64개 프롬프트, InstructGPT",
  "12: some minutes; the reward model is learnt anew each round":
    "12: 몇 분이면 돼요. 보상 모델은 라운드마다 새로 배워요",
  "128: small models answer fast, and learn from less":
    "128: 작은 모델은 빨리 답하고 적은 것에서 배워요",
  "2: at 4 the KL was seen to run away": "2: 4에서는 KL이 걷잡을 수 없이 커진 적이 있어요",
  "0.0003: a model under 10 million parameters hardly moves at the published one":
    "0.0003: 파라미터 천만 개보다 작은 모델은 논문의 값으로 거의 움직이지 않아요",
  "0.001: a model under 10 million parameters hardly moves at the published one":
    "0.001: 파라미터 천만 개보다 작은 모델은 논문의 값으로 거의 움직이지 않아요",
  "0.2: without a fall a run was seen to fall back":
    "0.2: 줄이지 않으면 되돌아가는 학습이 있었어요",
  "fixed, as in InstructGPT: a short run leaves β no time to adapt":
    "fixed, InstructGPT와 같아요. 짧은 학습에서는 β가 맞춰질 시간이 없어요",
  "5: one strange score must not carry an iteration":
    "5: 이상한 점수 하나가 한 반복을 이끌지 않게 해요",
  "500: 256,000 episodes, Ouyang et al. 2022 (InstructGPT)":
    "500: 에피소드 256,000개, Ouyang et al. 2022(InstructGPT)",
  "8 of 64 episodes, InstructGPT": "에피소드 64개씩 8번, InstructGPT",
  "1, InstructGPT; 4 in Stiennon et al. 2020": "1, InstructGPT. Stiennon et al. 2020은 4예요",
  "constant after warm-up, InstructGPT": "워밍업 뒤 constant, InstructGPT",
  "constant after warm-up, Rafailov et al. 2023": "워밍업 뒤 constant, Rafailov et al. 2023",
  "10 iterations, InstructGPT (from a tenth of the peak; here from 0)":
    "10번 반복, InstructGPT(최댓값의 10분의 1에서 시작해요. 여기서는 0에서요)",
  "2 of 512 episodes, TRL's reading of Ahmadian et al. 2024":
    "에피소드 512개씩 2번, TRL이 읽은 Ahmadian et al. 2024",
  "0.03, Ahmadian et al. 2024 on TL;DR": "0.03, TL;DR에서의 Ahmadian et al. 2024",
  "1: a single update after each exploration, Shao et al. 2024":
    "1: 탐색마다 업데이트 한 번, Shao et al. 2024",
  "1024, Shao et al. 2024; at most the model's context":
    "1024, Shao et al. 2024. 모델의 문맥까지만이에요",
  "20: often enough to see it overfit": "20: 과적합을 볼 만큼 자주예요",
  "0.1, Rafailov et al. 2023; 0.5 on TL;DR": "0.1, Rafailov et al. 2023. TL;DR에서는 0.5예요",
  "1e-6, Rafailov et al. 2023 with RMSprop; here AdamW":
    "1e-6, Rafailov et al. 2023은 RMSprop, 여기서는 AdamW예요",
  "0.03, our choice: small models start faster than without; InstructGPT had none":
    "0.03, 직접 정한 값이에요. InstructGPT에는 없어요",
  "0.03, our choice: small models start faster than without; InstructGPT names none":
    "0.03, 직접 정한 값이에요. InstructGPT는 말하지 않아요",
  "linear, TRL; constant in Rafailov et al. 2023":
    "linear, TRL. Rafailov et al. 2023은 constant예요",
  "0.1, our choice; 150 updates in Rafailov et al. 2023":
    "0.1, 직접 정한 값이에요. Rafailov et al. 2023은 업데이트 150번이에요",
  "1, the code of Rafailov et al. 2023; 3 in TRL": "1, Rafailov et al. 2023의 코드. TRL은 3이에요",
  "1, the code of Rafailov et al. 2023": "1, Rafailov et al. 2023의 코드",
  "drop: a tie says nothing of the order": "drop: 동점은 순서를 말해 주지 않아요",
  "4: of 64 episodes, as InstructGPT's; 1 in TRL":
    "4: InstructGPT처럼 에피소드 64개씩이에요. TRL은 1이에요",
  "-1, the code of Ziegler et al.": "-1, Ziegler et al.의 코드",
  "true, the code of Ziegler et al.": "true, Ziegler et al.의 코드",
  "0.1, the code of Ziegler et al.": "0.1, Ziegler et al.의 코드",
  "0.2, the code of Ziegler et al.": "0.2, Ziegler et al.의 코드",
  "0.999, Kingma and Ba 2014; 0.95 in InstructGPT": "0.999, Kingma·Ba 2014. InstructGPT는 0.95예요",
  "4, the better of 2 and 4 in Ahmadian et al. 2024": "4, Ahmadian et al. 2024에서 2보다 나았어요",
  "1024: 2 updates of 512, TRL's reading of Ahmadian et al. 2024":
    "1024: 512개씩 업데이트 2번, TRL이 읽은 Ahmadian et al. 2024",
  "0.001: of what was tried on the arguments, the best":
    "0.001: 논쟁 데이터에서 시험한 값 가운데 가장 좋았어요",
  "3: of what was tried on the arguments, the best, with words replaced and weights averaged; 1 without":
    "3: 논쟁 데이터에서 낱말을 바꾸고 가중치를 평균 낼 때 가장 좋았어요. 그러지 않으면 1이에요",
  "0.99: of what was tried on the arguments, the best":
    "0.99: 논쟁 데이터에서 시험한 값 가운데 가장 좋았어요",
  "batch: of what was tried on the arguments, the best":
    "batch: 논쟁 데이터에서 시험한 값 가운데 가장 좋았어요",
  "8: of what was tried on the arguments, the best":
    "8: 논쟁 데이터에서 시험한 값 가운데 가장 좋았어요",
  "0.5: of what was tried on the arguments, the best; 0 where every word counts, as in code":
    "0.5: 논쟁 데이터에서 시험한 값 가운데 가장 좋았어요. 코드처럼 모든 낱말이 중요하면 0이에요",
  "16, Ouyang et al. 2022 (InstructGPT), with a dropout of 0.2 that is not here":
    "16, Ouyang et al. 2022(InstructGPT). 거기서 쓴 드롭아웃 0.2는 여기 없어요",
  "5e-6: InstructGPT names none; it tried 2.55e-6 to 2.55e-5, and without ptx diverged above 8.05e-6":
    "5e-6: InstructGPT는 값을 밝히지 않아요. 2.55e-6부터 2.55e-5까지 시험했고 ptx 없이는 8.05e-6을 넘으면 발산했어요",
  "150 updates, Rafailov et al. 2023": "업데이트 150번, Rafailov et al. 2023",
  "10, the code of Rafailov et al. 2023": "10, Rafailov et al. 2023의 코드",
  "16: as far as policies are usually moved; 64 in Nakano et al. 2021":
    "16: 정책을 흔히 움직이는 만큼이에요. Nakano et al. 2021은 64예요",
  "200: the interval is then some 0.14 standard deviations of a prompt's score to either side":
    "200: 구간이 프롬프트 점수 표준편차의 0.14배쯤 돼요",
  "heldout: what nothing has learnt from": "heldout: 아무것도 배우지 않은 프롬프트예요",
  "8: some seconds for a small model": "8: 작은 모델이면 몇 초예요",
  "32: a first look, not a result": "32: 결과가 아니라 먼저 살펴보는 값이에요",
  "8: a first look, not a result": "8: 결과가 아니라 먼저 살펴보는 값이에요",
  "1, the policy as it is": "1, 정책 그대로예요",
  "64: short answers": "64: 짧은 답변이에요",
};
