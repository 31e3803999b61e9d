/** Who has an address: any IP or host name, typed behind `:` or pasted. */
import { plainAddress } from '../core/host-name.ts';
import { truncateMiddle } from '../core/text.ts';
import type { AnyResource } from '../resources/define.ts';
import type { BaseRow } from '../domain/rows.ts';
import { settled } from '../store/settled.ts';
import { untyped } from './resource/row-resource.ts';
import type { Navigator } from './navigator.ts';
import type { UiConnection } from './session.ts';
import type { Workspace } from './workspace.ts';

/** How long tables are waited for (ms). */
const PATIENCE = 5000;
/** So much of an address is said again (cells): any IP is whole. */
const SAID = 39;
/** So many others that have the address too are named. */
const NAMED = 2;

/** What a search works on. */
export interface AddressHost extends Workspace {
  readonly navigator: Pick<Navigator, 'top'>;
  /** The connections that are looked at. */
  readonly scope: readonly UiConnection[];
}

/** A row that has the address. */
interface Hit {
  readonly resource: AnyResource;
  readonly connection: UiConnection;
  readonly row: BaseRow;
  /** It has had the address, and has it no more. */
  readonly isPast: boolean;
}

/**
 * Goes to what has the address, once the tables that know addresses are there; says who else has it,
 * or where it was looked for in vain.
 * @param otherwise what else is wrong with a word that might have been no address; empty: nothing
 */
export function goToAddress(host: AddressHost, typed: string, otherwise: string): void {
  const address = plainAddress(typed);
  const resources = host.resources.all.filter(({ addresses }) => addresses !== undefined);
  const givers = host.resources.all.filter(({ handsOut }) => handsOut !== undefined);
  const tables = [...resources, ...givers].map(({ table }) => table);
  const { scope, navigator } = host;
  const { top } = navigator;
  const releases = scope.map((connection) => connection.need(tables));
  host.flash(`looking for ${address}…`, 'muted');
  const told = scope.map(({ store }) => settled(store, tables, host.clock, PATIENCE));
  void Promise.all(told)
    .then(() => {
      // Who went elsewhere meanwhile is left there.
      if (navigator.top !== top) return;
      const hits = find(host, resources, address);
      if (hits.length > 0) show(host, address, hits);
      else {
        host.flash(
          otherwise === ''
            ? `nothing has ${address}${origin(host, givers, address)}: ${searched(host, resources)}`
            : `${otherwise} · nothing has it as an address`,
          'warn',
        );
      }
    })
    .finally(() => {
      for (const release of releases) release();
    });
}

function find(
  { scope }: AddressHost,
  resources: readonly AnyResource[],
  address: string,
): readonly Hit[] {
  const hits = scope.flatMap((connection) =>
    resources.flatMap((resource) => {
      const { table, addresses, gaveBack } = untyped(resource);
      return [...connection.store.rows(table)]
        .filter((row) => addresses?.(row).includes(address))
        .map((row): Hit => {
          const isPast = row.gone > 0 || gaveBack?.(row) === true;
          return { resource, connection, row, isPast };
        });
    }),
  );
  // An address is given to others at once: of those that had it before the last is told first.
  return [
    ...hits.filter(({ isPast }) => !isPast),
    ...hits.filter(({ isPast }) => isPast).sort((a, b) => b.row.created - a.row.created),
  ];
}

/** What would hand it out, were it free; empty where nothing that is known of does. */
function origin(host: AddressHost, givers: readonly AnyResource[], address: string): string {
  for (const connection of host.scope)
    for (const resource of givers) {
      const { table, handsOut } = untyped(resource);
      const row = [...connection.store.rows(table)].find(
        (each) => each.gone === 0 && handsOut?.(each, address),
      );
      if (row !== undefined) return `, which is of ${named({ resource, connection, row }, host)}`;
    }
  return '';
}

function show(host: AddressHost, address: string, hits: readonly Hit[]): void {
  const [hit, ...others] = hits;
  if (hit === undefined) return;
  const { resource, connection, row } = hit;
  const { namespace, uid } = row;
  if (namespace !== '' && connection.namespace !== '' && connection.namespace !== namespace)
    host.setNamespace('');
  host.openResource(resource, connection, { label: address, focus: uid });
  const also = others
    .slice(0, NAMED)
    .map((other) => `${other.isPast && !hit.isPast ? 'was ' : ''}${named(other, host)}`);
  const rest = others.length - also.length;
  const more = rest > 0 ? [...also, `${rest} more`] : also;
  // A host name may be as long as the line, and who has it is the answer.
  host.flash(
    `${truncateMiddle(address, SAID)} ${hit.isPast ? 'was' : 'is'} ${named(hit, host)}${more.length > 0 ? `, and ${more.join(', ')}` : ''}`,
    'info',
  );
}

/** Where it was looked for, and what of that could not be read. */
function searched({ scope }: AddressHost, resources: readonly AnyResource[]): string {
  const unread = (resource: AnyResource): readonly UiConnection[] =>
    scope.filter(({ store }) => !store.status(resource.table).synced);
  const looked = resources.filter((resource) => unread(resource).length < scope.length);
  const unknown = resources.flatMap((resource) =>
    unread(resource).map(({ title }) =>
      scope.length > 1 ? `${resource.id} of ${title}` : resource.id,
    ),
  );
  const said = `${looked.map(({ id }) => id).join(', ')} were looked through`;
  // First what may be the reason: the end of the line may not be seen.
  return unknown.length > 0 ? `not read: ${unknown.join(', ')}; ${said}` : said;
}

function named({ resource, connection, row }: Omit<Hit, 'isPast'>, { scope }: AddressHost): string {
  const name = row.namespace === '' ? row.name : `${row.namespace}/${row.name}`;
  return `${resource.singular} ${name}${scope.length > 1 ? ` of ${connection.title}` : ''}`;
}
