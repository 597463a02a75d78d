import { z } from "zod";

/** A moment that a person can mean, and that every database knows: years 1970 to 9999. */
export const zMoment = z
  .date()
  .min(new Date(0), "Choose a day after 1969.")
  .max(new Date("9999-12-31T23:59:59.999Z"), "Choose a day before the year 10000.");
