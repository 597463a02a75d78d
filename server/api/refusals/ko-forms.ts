/** Of fields in forms. */
export const forms: Record<string, string> = {
  "No option may be there twice.": "같은 보기를 두 번 넣을 수 없어요.",
  "No two questions may have the same id.": "두 질문의 아이디가 같을 수 없어요.",
  "Give an address that begins with https://, for example https://panel.example.org/done?code={code}.":
    "https://로 시작하는 주소를 적어 주세요. 예: https://panel.example.org/done?code={code}",
  "Give each answer once.": "답은 한 번씩만 적어 주세요.",
  "An accepted answer is none of those offered: choose among them.":
    "통과하는 답이 보기에 없어요. 보기에서 골라 주세요.",
  "Two questions have one id.": "두 질문의 아이디가 같아요.",
  "Choose a day before the year 10000.": "10000년 전의 날을 골라 주세요.",
  "Choose a day after 1969.": "1969년 뒤의 날을 골라 주세요.",
  "Give a rate of at most 10,000.": "10,000 이하의 금액을 적어 주세요.",
  "Give a rate of 0 or more.": "0 이상의 금액을 적어 주세요.",
  "Give a rate with at most four decimals.": "소수점 아래 네 자리까지 적어 주세요.",
  "Give a currency of three letters, for example USD or KRW.":
    "USD, KRW처럼 세 글자 통화를 적어 주세요.",
  "Give a language tag such as en or ko.": "en, ko 같은 언어 표시를 적어 주세요.",
  "Give the copy a name.": "사본의 이름을 적어 주세요.",
  "Say why: whoever reads the data wants to know.":
    "이유를 적어 주세요. 데이터를 읽는 사람이 궁금해해요.",
  "Write at most 50,000 characters.": "50,000자까지 쓸 수 있어요.",
  "Write at most 200,000 characters.": "200,000자까지 쓸 수 있어요.",
  "An accepted answer cannot be empty.": "채택하는 답안은 비어 있을 수 없어요.",
  "Say why, so that its author can learn from it.": "이유를 적어 주세요. 쓴 사람이 배울 수 있어요.",
  "Choose what they may do in this campaign.": "이 캠페인에서 할 수 있는 일을 골라 주세요.",
  "Choose from the list.": "목록에서 골라 주세요.",
  "Choose a password of at most 200 characters.": "비밀번호는 200자까지예요.",
  "Choose a password of at least 10 characters.": "비밀번호는 10자 이상이어야 해요.",
  "Give it a name.": "이름을 적어 주세요.",
  "Give a name.": "이름을 적어 주세요.",
  "Give a name of at most 80 characters.": "이름은 80자까지예요.",
  "Add at most 20 MB at a time.": "한 번에 20MB까지 넣을 수 있어요.",
  "Keep the templates under 50,000 characters.": "예시는 50,000자 아래로 써 주세요.",
  "Say why: the labeler reads it.": "이유를 적어 주세요. 라벨러가 읽어요.",
  "Give at most 80 characters.": "80자까지 적어 주세요.",
  "At most 1,000 rankings.": "순위 1,000개까지예요.",
  "At least one ranking.": "순위가 하나는 있어야 해요.",
  "Give the code that the market shows: 4 to 40 letters and digits.":
    "마켓에 나온 코드를 적어 주세요. 글자와 숫자 4~40자예요.",
  "Prolific gives a completion code for the study: copy it here.":
    "Prolific이 연구마다 주는 완료 코드를 여기에 복사해 주세요.",
  "Ask for since=… and until=… as dates, the first before the second.":
    "since=…와 until=…을 날짜로, 앞의 것이 먼저가 되게 적어 주세요.",
  "Ask for split=train or split=heldout.": "split=train 또는 split=heldout으로 요청해 주세요.",
  "Ask for format=kwise, pairs or card, and split=all, train or heldout.":
    "format=kwise, pairs, card와 split=all, train, heldout 가운데에서 요청해 주세요.",
};
