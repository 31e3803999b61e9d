import type { Sort } from './order.ts';

/** How the user wants a table listed: it outlives the pane where another one lists the same. */
export interface Listing {
  readonly sort: Sort;
  readonly filter: string;
  readonly problemsOnly: boolean;
  readonly showsGone: boolean;
}
