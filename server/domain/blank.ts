/** Marks, joiners, fillers and other characters that show nothing, besides what `trim` takes away. */
const unseen = /[\s\p{Cc}\p{Cf}\p{Z}\u115f\u1160\u2800\u3164\uffa0]/gu;

/** Whether a text shows nothing at all: whoever reads it would find it empty. */
export const isBlank = (text: string): boolean => text.replace(unseen, "") === "";
