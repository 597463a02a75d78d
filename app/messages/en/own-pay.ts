/** What labelers see of their pay. */
export const ownPay = {
  "pay.soFar": "{amount} so far",
  "pay.waiting": "{amount} in review",
  "pay.own": "Pay",
  "pay.own.state":
    "Rankings count when they are sent, demonstrations when a reviewer accepts them.",
  "pay.caption": "Your pay by campaign",
  "pay.rates": "Rates",
  "pay.rates.each": "{ranking} a ranking, {demonstration} a demonstration",
  "pay.accepted": "Accepted",
  "pay.counts":
    "{rankings:# ranking|# rankings}, {demonstrations:# demonstration|# demonstrations}",
  "pay.inReview": "In review",
  "pay.waiting.count": "{count:# demonstration|# demonstrations}",
} as const;
