/** The admin's wing and the circle. */
export const curate = {} as const;
