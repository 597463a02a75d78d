/** What labelers are told when their work is not kept as it should be, or is done elsewhere too. */
export const hold = {
  "keep.storage":
    "This browser does not let the site keep anything: its storage is full or turned off. You can go on: your work is saved on the server every second. Leave this page open while it says that the server does not answer.",
  "keep.offline.open":
    "The server does not answer, and this browser does not let the site keep anything. Go on, but leave this page open: what you do is sent as soon as the server answers.",
  "keep.signedOut.open":
    "Your session has ended, and this browser does not let the site keep anything. Leave this page open and sign in in another tab: what you do is sent then.",
  "keep.forbidden":
    "Your role does not allow this any more. What you did is kept on this device and sent if an admin lets you go on.",
  "keep.forbidden.open":
    "Your role does not allow this any more, and this browser does not let the site keep anything. Leave this page open: what you did is sent if an admin lets you go on.",
  "enter.consent": "What you agree to",
  "enter.consent.state":
    "Version {version} of this campaign’s text. You are asked again only when it changes.",
  "enter.consent.decline": "I do not agree: back to the tasks",
  "demonstrate.other": "You went on with this answer in another browser. Read both and choose one.",
  "demonstrate.other.text": "The answer from the other browser",
  "demonstrate.other.keep": "Keep what is here",
  "demonstrate.other.take": "Take the other one",
  "demonstrate.other.empty": "(empty)",
  "demonstrate.ended": "This answer was sent or skipped in another tab or browser.",
  "demonstrate.ended.next": "Next prompt",
  "demonstrate.unsaved": "saving …",
} as const;
