/** How gateways and the routes that hang on them do: a word for the state, and whether it is well. */
import { humanDuration } from '../core/duration.ts';
import { own } from '../core/own.ts';
import { bad, busy, leaving, OK, warn, type Health } from './health.ts';
import type { ObjectRow } from './row.ts';
import { type Changed, isStale, wordsOf, type Verdict } from './tables/gateway-api.ts';
import type { GatewayRow } from './tables/gateways.ts';
import type { RouteParent, RouteRow } from './tables/gateway-routes.ts';

/** The tables of routes, by how often they are met. */
export const ROUTE_TABLES = [
  'httproutes',
  'grpcroutes',
  'tlsroutes',
  'tcproutes',
  'udproutes',
] as const;

/** The routes that a listener of a protocol takes; requests of gRPC are those of HTTP. */
const ROUTES_OF: Readonly<Record<string, (typeof ROUTE_TABLES)[number]>> = {
  TLS: 'tlsroutes',
  TCP: 'tcproutes',
  UDP: 'udproutes',
};

/** The table of the routes that hang on a gateway, by the first of its listeners. */
export const routesOf = ({ listeners }: Pick<GatewayRow, 'listeners'>) =>
  own(ROUTES_OF, listeners[0]?.protocol ?? '') ?? 'httproutes';

/** What is said of what was changed since it was judged. */
const CHANGED = 'its latest change is not judged yet';

/** A controller has taken what was made, and set up what is behind it, within that time (ms). */
const SET_UP = 5 * 60_000;

const isTrue = ({ status }: Verdict): boolean => status === 'True';
const isFalse = ({ status }: Verdict): boolean => status === 'False';

/** What is behind a gateway is still being set up: `Pending` is the word of the specification. */
const isPending = ({ status, reason }: Verdict): boolean =>
  status !== 'True' && (status !== 'False' || reason === 'Pending');

/**
 * `Programmed`, `Not programmed`, `Accepted` (so far no more), `Not accepted`, `Waiting`, and
 * `Not judged` where what is said is about what it was before its latest change.
 */
export function gatewayState({ accepted, programmed }: GatewayRow): string {
  if (isFalse(accepted)) return 'Not accepted';
  if (isTrue(programmed)) return 'Programmed';
  if (!isPending(programmed)) return 'Not programmed';
  if (isStale(accepted) || isStale(programmed)) return 'Not judged';
  return isTrue(accepted) ? 'Accepted' : 'Waiting';
}

/** A gateway: taken by its controller, set up, and each of its listeners well. */
export function gatewayHealth(row: GatewayRow, now: number): Health {
  const left = leaving(row, now);
  if (left) return left;
  const { accepted, programmed, listeners, created } = row;
  if (isFalse(accepted)) return bad(wordsOf(accepted));
  const stale = staleOf({ Accepted: accepted, Programmed: programmed });
  if (stale.length > 0) return unjudged(stale, row, now);
  if (isPending(programmed)) {
    const what = isTrue(accepted) ? 'not programmed' : 'no controller has taken it';
    return waiting(what, created, now);
  }
  if (isFalse(programmed)) return bad(wordsOf(programmed));
  const broken = listeners.find(({ trouble }) => trouble !== '');
  return broken === undefined ? OK : warn(`listener ${broken.name}: ${broken.trouble}`);
}

/** The conditions that are about what it was before. */
const staleOf = (verdicts: Readonly<Record<string, Verdict>>): readonly string[] =>
  Object.entries(verdicts).flatMap(([type, verdict]) => (isStale(verdict) ? type : []));

/**
 * Something that was changed since it was judged: on its way for a while, then something that needs a
 * look. Where nobody tells when it was changed, that may have been at any time since it was made.
 *
 * @param stale the conditions that are about what it was before
 * @param whose whose they are: ` of web`; absent: its own
 */
export function unjudged(
  stale: readonly string[],
  { changed, created }: Pick<ObjectRow, 'created'> & Changed,
  now: number,
  whose = '',
): Health {
  const time = now - (changed || created);
  if (time < SET_UP) return busy(CHANGED);
  const change = changed === 0 ? 'its latest change' : `its change ${humanDuration(time)} ago`;
  return warn(`${change} is not judged: ${stale.join(', ')}${whose}`);
}

/** On its way for a while, then something that needs a look. */
function waiting(what: string, since: number, now: number): Health {
  const time = now - since;
  return time < SET_UP ? busy(`${what} yet`) : warn(`${what} for ${humanDuration(time)}`);
}

/** `web`, `infra/web` from elsewhere, `web:https` where one listener is meant, `service api`. */
export function parentName(parent: RouteParent, namespace: string): string {
  const kind = parent.kind === 'Gateway' ? '' : `${parent.kind.toLowerCase()} `;
  const section = parent.section === '' ? '' : `:${parent.section}`;
  return `${kind}${pathIn(namespace, parent)}${section}`;
}

/** The name of an object, with its namespace where that is another one. */
export const pathIn = (
  namespace: string,
  object: { readonly namespace: string; readonly name: string },
): string => (object.namespace === namespace ? object.name : `${object.namespace}/${object.name}`);

/** The services that a route sends to; what gets no requests does not count. */
export const servicesBehind = (backends: RouteRow['backends']) =>
  backends
    .filter(({ service, weight }) => service !== '' && weight > 0)
    .map(({ namespace, service }) => ({ namespace, name: service }));

/** Those that do not take a route, and those that cannot follow a reference of it. */
export const refusing = ({ parents }: RouteRow): readonly RouteParent[] =>
  parents.filter(({ accepted }) => isFalse(accepted));
export const unresolving = ({ parents }: RouteRow): readonly RouteParent[] =>
  parents.filter(({ resolved }) => isFalse(resolved));
/** Those that have said nothing of a route so far. */
export const silentParents = ({ parents }: RouteRow): readonly RouteParent[] =>
  parents.filter(({ accepted }) => !isTrue(accepted) && !isFalse(accepted));

/** Those that have not looked at it since it was changed. */
export const outdated = ({ parents }: RouteRow): readonly RouteParent[] =>
  parents.filter(({ accepted, resolved }) => isStale(accepted) || isStale(resolved));

/** What it may not send to, as far as nobody who serves it has said that it may. */
export const forbiddenOf = ({ parents, ungranted }: RouteRow): readonly string[] =>
  parents.some(({ resolved }) => !isTrue(resolved)) ? (ungranted ?? []) : [];

/**
 * `Accepted`, `Not accepted`, `Refs not resolved`, `Waiting`, `No gateway`, `Not judged`: the worst of
 * its parents.
 */
export function routeState(row: RouteRow): string {
  if (row.parents.length === 0) return 'No gateway';
  if (refusing(row).length > 0) return 'Not accepted';
  if (unresolving(row).length > 0) return 'Refs not resolved';
  if (outdated(row).length > 0) return 'Not judged';
  return silentParents(row).length > 0 ? 'Waiting' : 'Accepted';
}

/** A route: taken by all that it names, all that it names there, and somebody who answers. */
export function routeHealth(row: RouteRow, now: number): Health {
  const left = leaving(row, now);
  if (left) return left;
  if (row.parents.length === 0) return warn('it names no gateway');
  const [refused] = refusing(row);
  const said = (parent: RouteParent, verdict: Verdict): string =>
    `${parentName(parent, row.namespace)}: ${wordsOf(verdict) || 'no reason is told'}`;
  if (refused !== undefined) {
    const all = refusing(row).length === row.parents.length;
    return (all ? bad : warn)(said(refused, refused.accepted));
  }
  const [unresolved] = unresolving(row);
  if (unresolved !== undefined) return bad(said(unresolved, unresolved.resolved));
  const forbidden = forbiddenOf(row);
  if (forbidden.length > 0) return bad(`no reference grant lets it name ${forbidden.join(', ')}`);
  const [late] = outdated(row);
  if (late !== undefined) {
    const stale = staleOf({ Accepted: late.accepted, ResolvedRefs: late.resolved });
    return unjudged(stale, row, now, ` of ${parentName(late, row.namespace)}`);
  }
  const [silent] = silentParents(row);
  if (silent !== undefined) {
    const what = `${parentName(silent, row.namespace)} has not taken it`;
    return waiting(what, row.created, now);
  }
  const trouble = row.trouble ?? '';
  if (trouble === '') return OK;
  return row.endpointsReady === 0 ? bad(trouble) : warn(trouble);
}
