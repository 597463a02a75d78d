/** The door of Mechanical Turk, which shows tasks in a frame. */
export const mturk = {
  "mturk.preview":
    "The task opens in a tab of its own. When you are done there, you come back to this page to send it.",
  "mturk.open": "Open the task in a new tab",
  "mturk.open.why":
    "Open the task. It needs a tab of its own, for in this frame your browser does not let it keep who you are. Leave this page open.",
  "mturk.code.what":
    "When you are done, the completion code comes here by itself; if it does not, copy it from the other tab. Then send it.",
  "mturk.code": "Completion code",
  "mturk.code.missing": "The code is missing. The other tab shows it when you are done.",
  "mturk.submit": "Submit the HIT",
  "mturk.noHost":
    "The link does not say which host of Mechanical Turk takes the submission. Accept the HIT again; if this stays, write to whoever runs the study.",
  "mturk.handed": "Go back to the tab of Mechanical Turk: the code is there. Submit the HIT there.",
} as const;
