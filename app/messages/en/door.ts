/** The ways in: links, invitations, sessions. Part of what every page says. */
export const door = {
  "signIn.unusable.unknown":
    "There is no such link: it may be cut off or mistyped. Copy it whole, or ask for a new one.",
  "signIn.unusable.used-up": "This link is used up. Ask whoever sent it for a new one.",
  "signIn.unusable.expired": "This link has expired. Ask whoever sent it for a new one.",
  "signIn.unusable.revoked": "This link was revoked. Ask whoever sent it for a new one.",
  "signIn.join.state.campaign": "You are invited to “{campaign}” as {role}. Make your account.",
  "signIn.accept": "Accept as {name}",
  "signIn.accept.other":
    "You are signed in. For another account, sign out and open the link again.",
  "sessions.title": "Where you are signed in",
  "sessions.state": "A session that you do not know? End it, and change your password.",
  "sessions.table": "Sessions, the last used first",
  "sessions.device": "Browser",
  "sessions.method": "Came in by",
  "sessions.method.password": "password",
  "sessions.method.link": "one-time link",
  "sessions.method.crowd": "crowd market",
  "sessions.seen": "Last seen",
  "sessions.begun": "Since",
  "sessions.current": "this one",
  "sessions.actions": "Action",
  "sessions.end": "End",
  "sessions.end.of": "End the session on {device}",
  "sessions.ended": "The session is ended.",
  "sessions.endOthers": "End all others",
  "sessions.endedOthers": "{count:# session is|# sessions are} ended.",
  "sessions.unknownDevice": "unknown browser",
  "label.noRole.title": "Nothing to label yet",
  "label.noRole.text":
    "You are not in a campaign yet. Open the link that you were sent, or ask an admin to add you.",
} as const;
