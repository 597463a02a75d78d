/** Of rankings, tasks, prompts and campaigns. */
export const tasks: Record<string, string> = {
  "This task is not lent to you: go to the next one.":
    "내게 배정된 작업이 아니에요. 다음 작업으로 가 주세요.",
  "You skipped this task: go to the next one.": "건너뛴 작업이에요. 다음 작업으로 가 주세요.",
  "You ranked this task already: go to the next one.":
    "이미 순위를 매긴 작업이에요. 다음 작업으로 가 주세요.",
  "This campaign asks for an order, not for a preference: reload the page.":
    "이 캠페인은 선호도가 아니라 순위를 물어요. 새로고침해 주세요.",
  "The ranking names {}, which this task does not have; it has {}.":
    "순위에 이 작업에 없는 {1}이(가) 있어요. 이 작업에는 {2}이(가) 있어요.",
  "The ranking names {} more than once; give every completion one place.":
    "순위에 {1}이(가) 두 번 이상 있어요. 답변마다 한 자리만 주세요.",
  "The ranking leaves out {}; place each, or mark it as not rankable.":
    "순위에 {1}이(가) 빠졌어요. 자리를 주거나 판단 불가로 표시해 주세요.",
  "The ranking has an empty rank; leave empty ranks out.": "빈 순위가 있어요. 빈 순위는 빼 주세요.",
  "A task has {} to {} completions, this one has {}; change how many answers the campaign asks for.":
    "작업 하나에는 답변이 {1}~{2}개여야 하는데 {3}개예요. 캠페인의 답변 수를 바꿔 주세요.",
  "Two completions of a task are the same text ({}); keep one of them.":
    "한 작업에 같은 글의 답변이 둘 있어요({1}). 하나만 남겨 주세요.",
  "Of two answers either both are compared or neither can be judged: choose a point of the scale, or say why not.":
    "두 답변은 함께 비교하거나 둘 다 판단할 수 없어야 해요. 척도에서 고르거나 이유를 적어 주세요.",
  "The comparison lacks a preference: choose a point of the scale, from {} (left) over 0 (no difference) to {} (right).":
    "선호도가 없어요. {1}(왼쪽)부터 0(차이 없음), {2}(오른쪽)까지 척도에서 골라 주세요.",
  "The preference {} and the order say different things: reload the page and choose again.":
    "선호도 {1}과(와) 순서가 서로 달라요. 새로고침해서 다시 골라 주세요.",
  'The campaign asks no question "{}" of a {}: reload the page to see what it asks.':
    "캠페인에 “{1}” 질문이 없어요. 새로고침해서 확인해 주세요.",
  'The answer to "{}" is none of those that it has: choose one of them.':
    "“{1}”의 답이 보기에 없어요. 보기에서 골라 주세요.",
  "The task has no completion {} to say anything of.": "이 작업에는 답변 {1}이(가) 없어요.",
  "The campaign does not ask for quality: leave it out.":
    "이 캠페인은 품질을 묻지 않아요. 빼 주세요.",
  "The campaign does not ask for the flag {}.": "이 캠페인은 {1} 표시를 묻지 않아요.",
  "The ranking lacks {}{}.": "빠진 것이 있어요: {1}{2}.",
  "This task is not here any more: reload the page.": "더는 없는 작업이에요. 새로고침해 주세요.",
  "Fifty labelers are asked already: settle it instead.":
    "이미 50명에게 물었어요. 이제 판정해 주세요.",
  "The expected order names a completion twice, or one that the task does not have.":
    "정답 순서에 같은 답변이 두 번 있거나 작업에 없는 답변이 있어요.",
  "An order that ties everything expects nothing: put at least one completion below another.":
    "모두 동점이면 정답이 없는 셈이에요. 하나라도 아래에 놓아 주세요.",
  "This gold is not here any more: reload the page.": "더는 없는 골드예요. 새로고침해 주세요.",
  "There is no such campaign: it may have been removed.":
    "그런 캠페인이 없어요. 지워졌을 수 있어요.",
  "There is no such campaign: choose another.": "그런 캠페인이 없어요. 다른 것을 골라 주세요.",
  "There is no such campaign: reload the page.": "그런 캠페인이 없어요. 새로고침해 주세요.",
  "This campaign does not exist: choose another.": "없는 캠페인이에요. 다른 것을 골라 주세요.",
  "This campaign does not exist; choose one from the list.":
    "없는 캠페인이에요. 목록에서 골라 주세요.",
  "The starting policy is gone: choose another model.":
    "처음 정책 모델이 없어졌어요. 다른 모델을 골라 주세요.",
  "{} is a reward model: choose one that answers.":
    "{1}은(는) 보상 모델이에요. 답하는 모델을 골라 주세요.",
  "A model cannot be compared with itself: choose another one.":
    "같은 모델끼리는 비교할 수 없어요. 다른 모델을 골라 주세요.",
  "This campaign was opened: its starting policy, its check and the number of completions stay. Make a new campaign to change them.":
    "이미 열었던 캠페인이라 처음 정책, 검사, 답변 수는 바꿀 수 없어요. 바꾸려면 새 캠페인을 만들어 주세요.",
  "This campaign was opened: what it compares and on which scale stays. Make a new campaign to compare something else.":
    "이미 열었던 캠페인이라 비교 대상과 척도는 바꿀 수 없어요. 다른 것을 비교하려면 새 캠페인을 만들어 주세요.",
  "This campaign was opened: what it asks stays, so that all its rankings answer the same. Make a new campaign to ask something else.":
    "이미 열었던 캠페인이라 묻는 내용은 바꿀 수 없어요. 모든 순위가 같은 질문에 답해야 해요. 다른 것을 물으려면 새 캠페인을 만들어 주세요.",
  "{} This one is {}: reload the page.": "{~1} 지금은 {~2} 상태예요. 새로고침해 주세요.",
  "Only an open campaign can be paused.": "열린 캠페인만 멈출 수 있어요.",
  "Only a paused campaign can go on.": "멈춘 캠페인만 다시 시작할 수 있어요.",
  "Only an open or paused campaign can be closed.": "열렸거나 멈춘 캠페인만 끝낼 수 있어요.",
  "Only a closed campaign can be opened again.": "끝난 캠페인만 다시 열 수 있어요.",
  draft: "초안",
  open: "열림",
  paused: "멈춤",
  closed: "끝남",
  "Choose the model that answers the prompts before you open it.":
    "열기 전에 프롬프트에 답할 모델을 골라 주세요.",
  "Add prompts before you open the campaign: it has none to answer.":
    "답할 프롬프트가 없어요. 열기 전에 프롬프트를 넣어 주세요.",
  "Add prompts with two answers each before you open the campaign: it has none to compare.":
    "비교할 것이 없어요. 열기 전에 답변이 둘씩 있는 프롬프트를 넣어 주세요.",
  "This campaign is {} already: reload the page.":
    "이 캠페인은 이미 {~1} 상태예요. 새로고침해 주세요.",
  "The campaign is {}: open it first.": "캠페인이 {~1} 상태예요. 먼저 열어 주세요.",
  "The campaign is {}: open it again, then let the round go on.":
    "캠페인이 {~1} 상태예요. 다시 연 다음 라운드를 이어 가 주세요.",
  "Only a campaign whose answers a program can judge (sorting lists) can be played by simulated labelers.":
    "프로그램이 답을 판단할 수 있는 캠페인(목록 정렬)만 시뮬레이션할 수 있어요.",
  "Add at most {} prompts at a time.": "한 번에 프롬프트 {1}개까지 넣을 수 있어요.",
  "{} prompts at once. Add at most {} at a time.":
    "프롬프트가 {1}개예요. 한 번에 {2}개까지 넣을 수 있어요.",
  "There is no prompt in it. Write one prompt a line.":
    "프롬프트가 없어요. 한 줄에 하나씩 적어 주세요.",
  "This import is gone: choose the file again.": "가져오기가 없어졌어요. 파일을 다시 골라 주세요.",
  "A part of the file is missing: choose the file again.":
    "파일 일부가 빠졌어요. 파일을 다시 골라 주세요.",
  "These prompts were added already.": "이미 넣은 프롬프트예요.",
  "The file is not read to its end: choose it again.":
    "파일을 끝까지 읽지 못했어요. 다시 골라 주세요.",
  "This group has changed meanwhile: reload the page.":
    "그 사이 묶음이 바뀌었어요. 새로고침해 주세요.",
  'Line {} is not JSON. Write each line as {"prompt": "…"}, or use a .txt file with one prompt a line.':
    '{1}번째 줄이 JSON이 아니에요. 줄마다 {"prompt": "…"}로 쓰거나 한 줄에 프롬프트 하나인 .txt 파일을 써 주세요.',
  'Line {} has no text under "prompt". Write each line as {"prompt": "…"} or {"messages": [{"role": "user", "content": "…"}]}.':
    '{1}번째 줄의 "prompt"에 글이 없어요. {"prompt": "…"} 또는 {"messages": [{"role": "user", "content": "…"}]}로 써 주세요.',
  "Line {} has an empty prompt. Remove that line.":
    "{1}번째 줄의 프롬프트가 비어 있어요. 그 줄을 지워 주세요.",
  "Line {} has {} characters. Keep a prompt under {}.":
    "{1}번째 줄이 {2}자예요. 프롬프트는 {3}자 아래로 써 주세요.",
  'Line {}: every turn of "{}" must have a "role" (system, user or assistant) and a "content" that is text.':
    '{1}번째 줄: "{2}"의 차례마다 "role"(system, user, assistant)과 글인 "content"가 있어야 해요.',
  'Line {}: "{}" has no turn of the user that waits for an answer.':
    '{1}번째 줄: "{2}"에 답을 기다리는 user 차례가 없어요.',
  'Line {}: "{}" must be {}, or be left out.': '{1}번째 줄: "{2}"은(는) {~3}이거나 없어야 해요.',
  'a language tag such as "en" or "ko"': '"en", "ko" 같은 언어 표시',
  "a text of at most 200 characters": "200자 이하의 글",
  "a text of at most 20000 characters or a number": "20000자 이하의 글이나 숫자",
  "a whole number from -1000 to 1000": "-1000에서 1000 사이의 정수",
  'Line {}: "{}" must be two different texts of at most {} characters, or be left out.':
    '{1}번째 줄: "{2}"은(는) {3}자 이하의 서로 다른 두 글이거나 없어야 해요.',
  "Line {} opens a quote that is never closed. Close it, or double it.":
    "{1}번째 줄에서 연 따옴표가 닫히지 않았어요. 닫거나 두 번 써 주세요.",
  'Line {} names no column "prompt". Name the columns in the first line, one of them "prompt".':
    '{1}번째 줄에 "prompt" 열이 없어요. 첫 줄에 열 이름을 적고 그중 하나를 "prompt"로 해 주세요.',
  "There is no such round: reload the page.": "그런 라운드가 없어요. 새로고침해 주세요.",
  "This round is gone: reload the page.": "라운드가 없어졌어요. 새로고침해 주세요.",
  "The model that this round made is not here any more.": "이 라운드가 만든 모델이 더는 없어요.",
  "The round does not stand at this gate any more: reload the page.":
    "라운드가 더는 이 관문에 있지 않아요. 새로고침해 주세요.",
  "Only simulated labelers have ranked, and this campaign's training leaves them out: wait for people's rankings, or include simulated ones in its settings.":
    "시뮬레이션 라벨러만 순위를 매겼는데 이 캠페인은 그것으로 학습하지 않아요. 사람의 순위를 기다리거나 설정에서 포함해 주세요.",
  "Nobody has ranked yet, so there is nothing to learn from: wait for the first rankings.":
    "아직 순위가 없어서 배울 것이 없어요. 첫 순위를 기다려 주세요.",
  "This round has ended already: reload the page.": "이미 끝난 라운드예요. 새로고침해 주세요.",
  "There is nothing to put aside in this round now: reload the page.":
    "지금 이 라운드에서 멈출 것이 없어요. 새로고침해 주세요.",
  "This round has not failed: reload the page.": "실패한 라운드가 아니에요. 새로고침해 주세요.",
};
