/** The labeler's wing. */
export const label = {} as const;
