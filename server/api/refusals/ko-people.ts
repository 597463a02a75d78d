/** Of labelers, reviewers, and of who may come in. */
export const people: Record<string, string> = {
  "Sign in first.": "먼저 로그인해 주세요.",
  "Sign in first, then download again.": "먼저 로그인한 뒤 다시 내려받아 주세요.",
  "Your role, {}, does not allow this: ask an admin.":
    "지금 역할({~1})로는 할 수 없어요. 관리자에게 문의해 주세요.",
  "This is for {}{}, and you are signed in as {}: ask an admin.":
    "{~1}{~2}만 할 수 있어요. 지금 역할은 {~3}예요. 관리자에게 문의해 주세요.",
  "this campaign's admins": "이 캠페인의 관리자",
  "this campaign's labelers and admins": "이 캠페인의 라벨러와 관리자",
  "this campaign's reviewers and admins": "이 캠페인의 검토자와 관리자",
  "this campaign's researchers and admins": "이 캠페인의 연구자와 관리자",
  admins: "관리자",
  "labelers and admins": "라벨러와 관리자",
  "reviewers and admins": "검토자와 관리자",
  "researchers and admins": "연구자와 관리자",
  "guests and admins": "손님과 관리자",
  guest: "손님",
  labeler: "라벨러",
  reviewer: "검토자",
  researcher: "연구자",
  admin: "관리자",
  "A link was asked for several times with this address: look in the mailbox, or wait a quarter of an hour.":
    "이 주소로 링크를 여러 번 요청하셨어요. 메일함을 확인하거나 15분 뒤에 다시 해 주세요.",
  "Something went wrong on the server; it is in its log. Nothing was changed: try again.":
    "서버에 문제가 생겼어요. 기록에 남았고 바뀐 것은 없어요. 다시 해 주세요.",
  "This is more than {} MB, which is the most that can be sent at once: send it in parts.":
    "한 번에 보낼 수 있는 {1}MB를 넘었어요. 나누어 보내 주세요.",
  "This is nested more than {} levels deep: send it flatter.":
    "{1}단계보다 깊이 겹쳐 있어요. 더 얕게 보내 주세요.",
  "The campaign's consent text is new or has changed: reload the page, read it, and agree to it to go on.":
    "캠페인 동의서가 새로 생겼거나 바뀌었어요. 새로고침해서 읽고 동의해 주세요.",
  "The consent text is new or has changed: reload the page, read it, and agree to it to go on. What you began is kept.":
    "동의서가 새로 생겼거나 바뀌었어요. 새로고침해서 읽고 동의하면 계속할 수 있어요. 하던 작업은 남아 있어요.",
  "The text has changed meanwhile: reload the page and read it.":
    "그 사이 글이 바뀌었어요. 새로고침해서 읽어 주세요.",
  "This is the text in force already: change it first.":
    "이미 쓰고 있는 글이에요. 먼저 고쳐 주세요.",
  "There is no such study: check the link.": "그런 연구가 없어요. 링크를 확인해 주세요.",
  "There is no such study: reload the page.": "그런 연구가 없어요. 새로고침해 주세요.",
  "This study is closed: return the submission at the market.":
    "끝난 연구예요. 마켓에서 참여를 반납해 주세요.",
  "This worker cannot come in by a link: write to us.":
    "이 작업자는 링크로 들어올 수 없어요. 저희에게 연락해 주세요.",
  "This worker has a wider role here: sign in instead.":
    "이 작업자는 여기서 더 넓은 역할이 있어요. 로그인해 주세요.",
  "This demonstration is not yours: go to the next prompt.":
    "내 모범 답안이 아니에요. 다음 프롬프트로 가 주세요.",
  "The answer is empty: write it first, or skip the prompt.":
    "답안이 비어 있어요. 먼저 쓰거나 건너뛰어 주세요.",
  "You skipped this prompt: go to the next one.": "건너뛴 프롬프트예요. 다음으로 가 주세요.",
  "This demonstration is not here any more: reload the page.":
    "모범 답안이 더는 없어요. 새로고침해 주세요.",
  "Its author has not sent this demonstration: review another.":
    "아직 보내지 않은 모범 답안이에요. 다른 것을 검토해 주세요.",
  "This is your own answer: somebody else reviews it.": "내가 쓴 답안이에요. 다른 사람이 검토해요.",
  "This campaign is not open: go back to your tasks.":
    "열려 있지 않은 캠페인이에요. 작업 목록으로 돌아가 주세요.",
  "Choose an answer to “{}” to go on.": "계속하려면 “{1}”에 답해 주세요.",
  "The quiz asks for {} gold tasks and the campaign has {} in use: make more gold, or ask for fewer.":
    "퀴즈에는 골드 {1}개가 필요한데 사용 중인 것은 {2}개예요. 골드를 더 만들거나 문항 수를 줄여 주세요.",
  "This campaign has no quiz: go back to your tasks.":
    "이 캠페인에는 퀴즈가 없어요. 작업 목록으로 돌아가 주세요.",
  "Answer the campaign's questions first.": "먼저 캠페인의 질문에 답해 주세요.",
  "You passed this quiz: go on to your tasks.": "이미 통과한 퀴즈예요. 작업을 시작해 주세요.",
  "You have no attempt left: ask an admin of the campaign.":
    "남은 기회가 없어요. 캠페인 관리자에게 문의해 주세요.",
  "The quiz has no tasks yet: come back later.":
    "퀴즈에 아직 문항이 없어요. 나중에 다시 와 주세요.",
  "This quiz is not yours: go back to your tasks.":
    "내 퀴즈가 아니에요. 작업 목록으로 돌아가 주세요.",
  "The quiz has no such task: reload the page.": "퀴즈에 그런 문항이 없어요. 새로고침해 주세요.",
  "This quiz is not finished: answer its last tasks first.":
    "퀴즈가 아직 끝나지 않았어요. 남은 문항을 먼저 풀어 주세요.",
  "This is your only way to sign in: set a password first, then disconnect it.":
    "이것이 로그인할 수 있는 유일한 방법이에요. 먼저 비밀번호를 정한 뒤 연결을 끊어 주세요.",
  "It is not connected any more: reload the page.": "더는 연결되어 있지 않아요. 새로고침해 주세요.",
  "This person cannot sign in: enable the account first.":
    "로그인할 수 없는 계정이에요. 먼저 계정을 켜 주세요.",
  "This invitation is gone already: reload the page.": "이미 없어진 초대예요. 새로고침해 주세요.",
  "This invitation does not exist: the link may be cut off or mistyped. Copy it whole, or ask for a new one.":
    "그런 초대가 없어요. 링크가 잘렸거나 잘못 적혔을 수 있어요. 링크 전체를 복사하거나 새로 받아 주세요.",
  "This invitation is used up: ask whoever sent it for a new one.":
    "이미 다 쓴 초대예요. 보낸 사람에게 새로 받아 주세요.",
  "This invitation has expired: ask whoever sent it for a new one.":
    "기한이 지난 초대예요. 보낸 사람에게 새로 받아 주세요.",
  "This invitation was revoked: ask whoever sent it for a new one.":
    "취소된 초대예요. 보낸 사람에게 새로 받아 주세요.",
  "You do not label in this campaign any more: go home for what is left to do, or ask an admin.":
    "이 캠페인에서는 더 라벨링하지 않아요. 홈에서 남은 작업을 보거나 관리자에게 문의해 주세요.",
  "Nobody here has this e-mail address: invite them by a link instead.":
    "이 이메일을 쓰는 사람이 없어요. 링크로 초대해 주세요.",
  "This person is no member any more: reload the page.":
    "더는 구성원이 아니에요. 새로고침해 주세요.",
  "There is no such person: go back to the list.": "그런 사람이 없어요. 목록으로 돌아가 주세요.",
  "There is no such labeler: go back to the list.": "그런 라벨러가 없어요. 목록으로 돌아가 주세요.",
  "This person's data are deleted already: reload the page.":
    "이미 데이터를 지운 사람이에요. 새로고침해 주세요.",
  "Somebody must stay admin: make another person admin first.":
    "관리자가 한 명은 있어야 해요. 먼저 다른 사람을 관리자로 정해 주세요.",
  "This person is not here any more: reload the page.": "더는 없는 사람이에요. 새로고침해 주세요.",
  "Your account is gone: ask an admin.": "계정이 없어졌어요. 관리자에게 문의해 주세요.",
  "{} has an account already: sign in, or use another address.":
    "{1} 계정이 이미 있어요. 로그인하거나 다른 주소를 써 주세요.",
  "{} belongs to another account: use another address.":
    "{1} 주소는 다른 계정에서 쓰고 있어요. 다른 주소를 써 주세요.",
  "The current password is not right: type it again.":
    "현재 비밀번호가 맞지 않아요. 다시 입력해 주세요.",
  "This session has ended already: reload the page.": "이미 끝난 세션이에요. 새로고침해 주세요.",
  "This notice is not yours: reload the page.": "내 알림이 아니에요. 새로고침해 주세요.",
  "There is no such notice: reload the page.": "그런 알림이 없어요. 새로고침해 주세요.",
  "The end is not after the beginning: choose other days.":
    "끝나는 날이 시작하는 날보다 뒤가 아니에요. 다른 날을 골라 주세요.",
};
