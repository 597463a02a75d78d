/** What a text should not tell strangers. Only kinds that can be told from other text with few mistakes. */
export const personalKinds = ["email", "phone", "resident", "card", "iban"] as const;
export type PersonalKind = (typeof personalKinds)[number];

/** Where it stands: UTF-16 units from `start` up to `end`. */
export interface PersonalData {
  readonly kind: PersonalKind;
  readonly start: number;
  readonly end: number;
}
