/** Places that were given a digit: a list with its namespace and filter, kept with the cluster. */
import type { Bookmark } from '../ports/memory.ts';
import type { ResourceRegistry } from '../resources/registry.ts';
import type { Navigator } from './navigator.ts';
import type { OverlayController } from './overlay-controller.ts';
import type { Remembering } from './remembering.ts';
import type { UiConnection } from './session.ts';
import type { Workspace } from './workspace.ts';

/** What bookmarks work on. */
export interface BookmarkHost extends Workspace {
  readonly navigator: Pick<Navigator, 'stack'>;
  readonly resources: ResourceRegistry;
  readonly overlays: Pick<OverlayController, 'showChoice' | 'showSeveral'>;
  readonly remembering: Pick<Remembering, 'bookmarks' | 'note'>;
  /** The connection that commands are about. */
  readonly connection: UiConnection | null;
  /** Runs what was typed behind `:`. What is wrong with it, or empty. */
  execute(text: string): string;
}

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];
const KEEP = '+';
const FORGET = '-';

/** Lists the bookmarks: the digit of one goes to it, + keeps the place that is looked at. */
export function openBookmarks(host: BookmarkHost): void {
  const { bookmarks } = host.remembering;
  const here = placeOf(host);
  const own = DIGITS.find((digit) => here !== null && isSame(bookmarks.get(digit), here));
  const free = DIGITS.find((digit) => !bookmarks.has(digit));
  const items = DIGITS.flatMap((digit) => {
    const place = bookmarks.get(digit);
    return place === undefined ? [] : [item(digit, wordsOf(place))];
  });
  if (here === null)
    items.push(item(KEEP, 'keep this place', 'only lists of one cluster are kept'));
  else if (own !== undefined) items.push(item(FORGET, `forget ${own}, this place`));
  else {
    const full = free === undefined ? 'all nine digits are taken' : '';
    items.push(item(KEEP, `keep this place as ${free ?? '…'}: ${wordsOf(here)}`, full));
  }
  host.overlays.showChoice('Bookmarks', items, (id) => {
    if (id === FORGET && own !== undefined) {
      bookmarks.delete(own);
      host.remembering.note();
      host.flash(`bookmark ${own} is forgotten`, 'muted');
    } else if (id === KEEP) keep(host, free ?? '');
    else goTo(host, id);
  });
}

/** Goes to the place of a digit; where there is none, the one that is looked at is kept. */
export function takeBookmark(host: BookmarkHost, digit: string): void {
  if (host.remembering.bookmarks.has(digit)) goTo(host, digit);
  else keep(host, digit);
}

function keep(host: BookmarkHost, digit: string): void {
  const here = placeOf(host);
  if (here === null) {
    host.flash('only lists of one cluster can be bookmarks', 'muted');
    return;
  }
  host.remembering.bookmarks.set(digit, here);
  host.remembering.note();
  host.flash(`bookmark ${digit}: ${wordsOf(here)} · ' lists bookmarks`, 'good');
}

function goTo(host: BookmarkHost, digit: string): void {
  const place = host.remembering.bookmarks.get(digit);
  const { connection, resources } = host;
  if (place === undefined || connection === null) return;
  const error = host.execute(place.pane);
  if (error !== '') {
    host.flash(error, 'bad');
    return;
  }
  host.setNamespace(place.namespace);
  const known = resources.byId(place.pane, connection.store);
  const pane = host.navigator.stack.at(-1);
  if (known !== undefined && pane?.lists === known.id) pane.prompt()?.change(place.filter);
  host.flash(`${digit}: ${wordsOf(place)}`, 'muted');
}

/** The list that is looked at; null: there is none, or it is of several clusters. */
function placeOf({ navigator }: BookmarkHost): Bookmark | null {
  const pane = navigator.stack.findLast(({ lists, connection }) => lists && connection);
  if (pane?.lists === undefined || !pane.connection) return null;
  const { namespace } = pane.connection;
  return { pane: pane.lists, namespace, filter: pane.listing?.()?.filter ?? '' };
}

const isSame = (a: Bookmark | undefined, b: Bookmark): boolean =>
  a?.pane === b.pane && a.namespace === b.namespace && a.filter === b.filter;

const wordsOf = ({ pane, namespace, filter }: Bookmark): string =>
  `${pane} ${namespace === '' ? 'in all namespaces' : namespace}${filter === '' ? '' : ` /${filter}`}`;

const item = (id: string, title: string, disabled = '') => ({
  ...{ id, disabled, detail: '' },
  title: `${id} ${title}`,
});
