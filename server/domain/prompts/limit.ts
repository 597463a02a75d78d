/** A text is read by people and by a model: longer than this it is a pasted file by mistake. */
export const promptLimit = 20_000;
