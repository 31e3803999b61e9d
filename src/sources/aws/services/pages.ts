/** Collects all pages of a listing, each of them asked for as one call. */
export async function allPages<Page, Item>(
  page: (token: string | undefined) => Promise<Page>,
  items: (page: Page) => readonly Item[] | undefined,
  next: (page: Page) => string | undefined,
): Promise<Item[]> {
  const all: Item[] = [];
  let token: string | undefined;
  do {
    const answer = await page(token);
    all.push(...(items(answer) ?? []));
    token = next(answer);
  } while (token);
  return all;
}
