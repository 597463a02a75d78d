/** What labelers see of their own work. */
export const ownWork = {
  "work.title": "My work",
  "work.state": "{count:# ranking|# rankings}, {time} in all.",
  "work.state.none": "Nothing ranked yet.",
  "work.notices": "Notices",
  "work.notice.new": "new",
  "work.notice.over": "settled",
  "work.notice.read": "I have read it",
  "work.notice.paused": "You are given no more tasks of {campaign} for now.",
  "work.notice.warned": "About your work in {campaign}.",
  "work.notice.review": "A reviewer looks at your work in {campaign}. You go on as before.",
  "work.notice.by": "From {name}",
  "work.notice.gold":
    "Of {rankings:# task|# tasks} whose best order is known, {value} were ordered as expected; {threshold} are asked for. Please read the guidelines again.",
  "work.notice.agreement":
    "On {rankings:# task|# tasks} that others ranked too, {value} of your comparisons came out as theirs; {threshold} are asked for. Please read the guidelines again.",
  "work.notice.speed":
    "{value} of your last {rankings:# task|# tasks} took less time than reading the answers does. Take the time that you need.",
  "work.notice.position":
    "In your last {rankings:# ranking|# rankings} what stood first or last on the page won more often than chance would have it. The order on the page is drawn at random: it says nothing.",
  "work.notice.length":
    "Where you and others differ, it is mostly by the length of the answers ({rankings:# task|# tasks}). Longer is not better by itself, nor is shorter.",
  "work.notice.straight-lining":
    "{value} of your last {rankings:# ranking|# rankings} follow the order on the page or repeat a pattern, which hardly happens to somebody who reads the answers.",
  "work.notice.talk": "If you think that this is wrong, write to whoever invited you.",
  "work.campaigns": "By campaign",
  "work.campaigns.caption": "Your rankings by campaign",
  "work.campaign": "Campaign",
  "work.rankings": "Rankings",
  "work.time": "Time",
  "work.agreement": "Agreement with others",
  "work.agreement.usual": "usual here: {usual}",
  "work.gold": "Known tasks right",
  "work.gold.of": "{right} of {tasks}",
  "work.notShown": "not shown",
  "work.history": "History",
  "work.history.caption": "Your rankings, newest first",
  "work.history.prompt": "Prompt",
  "work.history.ranks": "Your ranks",
  "work.history.placed": "{ranked:# answer|# answers} on {ranks:# rank|# ranks}",
  "work.history.notRankable": "{count} not rankable",
  "work.history.when": "When",
  "work.history.empty": "Your rankings stand here once you have sent some.",
  "work.newer": "Newer",
  "work.older": "Older",
  "work.languages": "Languages that you read",
  "work.languages.help": "Prompts in other languages do not come to you.",
  "work.languages.any": "Any language",
  "work.languages.saved": "Saved.",
  "work.noticeHere": "{count:There is a notice|There are # notices} about your work.",
  "work.noticeHere.read": "Read it",

  "demonstrate.language": "{language} script",
  "demonstrate.language.other":
    "The prompt is written in {prompt} script, your answer in {answer}. Is that what is wanted?",
  "demonstrate.templates": "Insert a template",
  "demonstrate.template.insert": "Insert “{name}”",
  "demonstrate.similar.demonstration":
    "{share} of your answer stands word for word in another demonstration. Write it in your own words.",
  "demonstrate.similar.model":
    "{share} of your answer stands word for word in an answer that a model gave. A demonstration must be a person’s own.",
} as const;
