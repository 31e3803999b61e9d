import { AwsFault } from '../../../domain/aws-fault.ts';
import { list } from '../read.ts';

/** No account has more of anything that is listed here. */
const MOST_ITEMS = 10_000;

/**
 * Collects all pages of a listing, each of them asked for as one call.
 *
 * @throws {AwsFault} where the listing has no end
 */
export async function allPages<Page, Item>(
  page: (token: string | undefined) => Promise<Page>,
  items: (page: Page) => readonly Item[] | undefined,
  next: (page: Page) => string | undefined,
): Promise<NonNullable<Item>[]> {
  const all: NonNullable<Item>[] = [];
  const tokens = new Set<string>();
  let token: string | undefined;
  do {
    const answer = await page(token);
    all.push(...list(items(answer)));
    token = next(answer) || undefined;
    if (token !== undefined && (tokens.has(token) || all.length > MOST_ITEMS)) throw endless();
    if (token !== undefined) tokens.add(token);
    // Pages without anything on them may be many, but not that many.
    if (tokens.size > MOST_ITEMS) throw endless();
  } while (token !== undefined);
  return all;
}

const endless = (): AwsFault =>
  new AwsFault(
    'unreachable',
    'the list goes on and on',
    'the endpoint does not answer as AWS does',
  );
