/** How many cases a file holds that no check knows: its list, the list it holds, or its sections. */
export function casesIn(value: unknown): number {
  if (Array.isArray(value)) return Math.max(1, value.length);
  if (typeof value !== "object" || value === null) return 1;
  const lists = Object.values(value).filter(
    (part): part is unknown[] =>
      Array.isArray(part) && part.length > 0 && part.every((one) => typeof one === "object"),
  );
  const inLists = lists
    .filter((list) => list.every((one) => one !== null && !Array.isArray(one)))
    .reduce((sum, list) => sum + list.length, 0);
  const sections = Object.values(value).filter(
    (part) => typeof part === "object" && part !== null && !Array.isArray(part),
  ).length;
  return Math.max(1, inLists + sections);
}
