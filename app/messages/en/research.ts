/** The researcher's wing. */
export const research = {} as const;
