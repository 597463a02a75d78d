/** The researcher's wing. */
export const research = {
  "chart.table": "Table",
  "chart.lines": "Chart",
  "chart.csv": "CSV",
  "chart.waiting": "Waiting for the first measurement …",
  "chart.read": "{title}: values along {axis}",
  "chart.smoothing": "Smoothing",
  "chart.smoothing.none": "None",
  "chart.smoothing.some": "Some",
  "chart.smoothing.much": "Much",

  "snapshots.title": "Snapshots",
  "snapshots.one": "Snapshot",
  "snapshots.state":
    "{count:# frozen set of rankings|# frozen sets of rankings}. A snapshot never changes; what is ranked later goes into the next one.",
  "snapshots.empty.title": "No snapshot yet",
  "snapshots.empty.text":
    "A snapshot freezes a campaign's rankings so that a training can be repeated and its data cited and downloaded. Each round makes one when it trains; you can make one at any time.",
  "snapshots.campaign": "Campaign",
  "snapshots.rankings": "Rankings",
  "snapshots.comparisons": "Comparisons",
  "snapshots.labelers": "Labelers",
  "snapshots.prompts": "Prompts",
  "snapshots.simulated": "Simulated",
  "snapshots.simulatedIn": "{count:# inside|# inside}",
  "snapshots.simulatedOut": "{count:# left out|# left out}",
  "snapshots.madeFor": "Made",
  "snapshots.madeBy": "by {name}",
  "snapshots.madeForRound": "for training, round {round}",
  "snapshots.made": "When",
  "snapshots.freeze": "Freeze rankings",
  "snapshots.freezing": "Writing the rows …",
  "snapshots.freezeHelp":
    "All rankings that the campaign has now are written to one file that never changes, split by prompt into a part to train on and a part to judge by.",
  "snapshots.chooseCampaign": "Choose a campaign",
  "snapshots.count": "{count:# ranking by people|# rankings by people}",
  "snapshots.includeSimulated":
    "{count:Include # ranking by simulated labelers|Include # rankings by simulated labelers}",
  "snapshots.includeSimulatedHelp":
    "A program made them. Each such row is marked “simulated”, and downloads leave them out again unless asked.",
  "snapshots.willHold":
    "{count:# ranking|# rankings} will be in it; {out:# simulated one|# simulated ones} left out.",
  "snapshots.holds": "{count:# ranking|# rankings}",
  "snapshots.by": "by {count:# labeler|# labelers},",
  "snapshots.worth": "worth {count:# comparison|# comparisons}",
  "snapshots.in": "What is in",
  "snapshots.out": "What is not",
  "snapshots.inPeople": "{count:# ranking by a person|# rankings by people}",
  "snapshots.inSimulated":
    "{count:# ranking by simulated labelers, marked in its row|# rankings by simulated labelers, marked in each row}",
  "snapshots.inCompletions":
    "{count:# completion|# completions} of {prompts:# prompt|# prompts}, each with its model and how it was sampled",
  "snapshots.inTies": "{count:# tied pair|# tied pairs}, kept as ties",
  "snapshots.inNone": "{count:# ranking|# rankings} marked “none is acceptable”",
  "snapshots.outSimulated": "{count:# simulated ranking left out|# simulated rankings left out}",
  "snapshots.outIdentical": "{count:# ranking|# rankings} of completions that all read the same",
  "snapshots.outNames": "Labelers' names and addresses: they appear by id alone",
  "snapshots.agreement":
    "Labelers agreed on {share} of the {count:# pair|# pairs} that two of them put in order. A reward model can hardly be expected to agree with them more often.",
  "snapshots.noAgreement":
    "No pair of completions was put in order by two labelers, so their agreement is unknown.",
  "snapshots.hash": "Content hash",
  "snapshots.split": "Split",
  "snapshots.splitState":
    "By prompt: no prompt is on both sides, and it stays on its side in every later snapshot.",
  "snapshots.side": "Part",
  "snapshots.train": "Train",
  "snapshots.heldout": "Held out",
  "snapshots.download": "Download",
  "snapshots.downloadState": "Streamed in full, UTF-8, one JSON object on each line.",
  "snapshots.preview": "First rows",
  "snapshots.previewState": "Best first; completions of one tie group stand side by side.",
  "snapshots.rowRound": "Round {round}",
  "snapshots.rowSimulated": "simulated",
  "snapshots.rowNotRankable": "not rankable: {texts}",
  "snapshots.card": "Dataset card",
  "snapshots.cardDownload": "Download the card",
  "snapshots.cardGone": "The card's file is gone. Freeze the rankings again to write it anew.",

  "export.format": "Format",
  "export.kwise": "K-wise rankings",
  "export.pairs": "TRL preference pairs",
  "export.kwiseHelp":
    "One row a ranking, as it was given: all completions, tie groups best first, who, when, and the comment. Nothing is lost; Revealed's own trainer reads it.",
  "export.pairsHelp":
    "One row for every two completions that a ranking orders, as TRL and most trainers read it; ties give no pair. Each pair carries its ranking's id: weight by it, and split by prompt.",
  "export.split": "Part",
  "export.all": "All",
  "export.gzip": "Compressed (.jsonl.gz)",
  "export.simulated": "{count:With # simulated ranking|With # simulated rankings}",
  "export.simulatedHelp": "Left out unless you ask; marked “simulated” in every row.",
  "export.download": "Download rows",
} as const;
