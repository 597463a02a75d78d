/** As many lines as can be told apart in one chart. */
export const mostCompared = 6;
