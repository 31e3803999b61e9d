import { AwsFault } from '../../../domain/aws-fault.ts';
import { list } from '../read.ts';
import type { Ask, SendOptions } from './operation.ts';

/** No account has more of most that is listed here. */
const MOST_ITEMS = 10_000;
/** AWS filters what it has already put on pages: some may be empty. So many in a row are none of its. */
const MOST_EMPTY = 100;

/**
 * Collects all pages of a listing, each of them asked for as one call.
 *
 * @param most so many items there may be
 * @throws {AwsFault} where the listing has no end
 */
export async function allPages<Page, Item>(
  page: (token: string | undefined) => Promise<Page>,
  items: (page: Page) => readonly Item[] | undefined,
  next: (page: Page) => string | undefined,
  most = MOST_ITEMS,
): Promise<NonNullable<Item>[]> {
  const all: NonNullable<Item>[] = [];
  const tokens = new Set<string>();
  let token: string | undefined;
  let empty = 0;
  do {
    const answer = await page(token);
    const found = list(items(answer));
    all.push(...found);
    empty = found.length > 0 ? 0 : empty + 1;
    token = next(answer) || undefined;
    if (token !== undefined && (tokens.has(token) || all.length > most)) throw endless();
    if (token !== undefined && empty > MOST_EMPTY) throw endless();
    if (token !== undefined) tokens.add(token);
  } while (token !== undefined);
  return all;
}

const endless = (): AwsFault =>
  new AwsFault(
    'unreachable',
    'the list goes on and on',
    'the endpoint does not answer as AWS does',
  );

/** An operation that is a listing: it has all pages' items, under the name that its answers have. */
export function listed<Input, Page, Key extends string, Item>(
  key: Key,
  send: (input: Input, token: string | undefined, options: SendOptions) => Promise<Page>,
  items: (page: Page) => readonly Item[],
  next: (page: Page) => string | undefined,
  most?: number,
): (input: Input, ask: Ask) => Promise<{ readonly [K in Key]: NonNullable<Item>[] }> {
  return async (input, ask) => {
    const page = (token: string | undefined) => ask((options) => send(input, token, options));
    const all = await allPages(page, items, next, most);
    // The cast: of a computed name the compiler knows only that it is a text.
    return { [key]: all } as { readonly [K in Key]: NonNullable<Item>[] };
  };
}
