/** What was written in a field of a form; nothing when the field is not there. */
export function formText(data: FormData, name: string): string {
  const value = data.get(name);
  return typeof value === "string" ? value : "";
}
