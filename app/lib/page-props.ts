/** What a page gets that reads its query: `?reason=ended`. */
export interface SearchProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}
