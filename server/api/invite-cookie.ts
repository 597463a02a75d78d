/** Keeps an invitation's token while its bearer is at a provider; ten minutes, for the sign-in's own addresses. */
export const inviteCookie = "revealed-invite";
