/** When a campaign's round will be done, and what it costs. */
export const forecast = {
  "forecast.title": "Forecast",
  "forecast.finish": "Finish",
  "forecast.full": "The round has all its {wanted} rankings.",
  "forecast.unknown":
    "{left:# ranking is|# rankings are} missing. When they will be there can be said once some have come in.",
  "forecast.day": "About {day}: {left:# ranking is|# rankings are} missing.",
  "forecast.range":
    "About {day}, between {soonest} and {latest}: {left:# ranking is|# rankings are} missing.",
  "forecast.pace": "At the pace of late: {count:# ranking|# rankings} of people within {time}.",
  "forecast.costs": "Costs",
  "forecast.noPay": "No pay is set.",
  "forecast.noPay.time": "No pay is set. A ranking takes {time} on average.",
  "forecast.setPay": "Set pay",
  "forecast.sum": "{spent} for what is done, about {remaining} for what is missing: {all} in all.",
  "forecast.perHour": "A ranking takes {time} on average: it pays {sum} an hour.",
};
