/** How gateways and the routes that hang on them do: a word for the state, and whether it is well. */
import { humanDuration } from '../core/duration.ts';
import { bad, busy, leaving, OK, warn, type Health } from './health.ts';
import { wordsOf, type Verdict } from './tables/gateway-api.ts';
import type { GatewayRow } from './tables/gateways.ts';
import type { HttpRouteRow, RouteParent } from './tables/httproutes.ts';

/** A controller has taken what was made, and set up what is behind it, within that time (ms). */
const SET_UP = 5 * 60_000;

const isTrue = ({ status }: Verdict): boolean => status === 'True';
const isFalse = ({ status }: Verdict): boolean => status === 'False';

/** What is behind a gateway is still being set up: `Pending` is the word of the specification. */
const isPending = ({ status, reason }: Verdict): boolean =>
  status !== 'True' && (status !== 'False' || reason === 'Pending');

/** `Programmed`, `Not programmed`, `Accepted` (so far no more), `Not accepted`, `Waiting`. */
export function gatewayState({ accepted, programmed }: GatewayRow): string {
  if (isFalse(accepted)) return 'Not accepted';
  if (isTrue(programmed)) return 'Programmed';
  if (!isPending(programmed)) return 'Not programmed';
  return isTrue(accepted) ? 'Accepted' : 'Waiting';
}

/** A gateway: taken by its controller, set up, and each of its listeners well. */
export function gatewayHealth(row: GatewayRow, now: number): Health {
  const left = leaving(row, now);
  if (left) return left;
  const { accepted, programmed, listeners, created } = row;
  if (isFalse(accepted)) return bad(wordsOf(accepted));
  if (isPending(programmed)) {
    const what = isTrue(accepted) ? 'not programmed' : 'no controller has taken it';
    return waiting(what, created, now);
  }
  if (isFalse(programmed)) return bad(wordsOf(programmed));
  const broken = listeners.find(({ trouble }) => trouble !== '');
  return broken === undefined ? OK : warn(`listener ${broken.name}: ${broken.trouble}`);
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

/** Those that do not take a route, and those that cannot follow a reference of it. */
export const refusing = ({ parents }: HttpRouteRow): readonly RouteParent[] =>
  parents.filter(({ accepted }) => isFalse(accepted));
export const unresolving = ({ parents }: HttpRouteRow): readonly RouteParent[] =>
  parents.filter(({ resolved }) => isFalse(resolved));
/** Those that have said nothing of a route so far. */
export const silentParents = ({ parents }: HttpRouteRow): readonly RouteParent[] =>
  parents.filter(({ accepted }) => !isTrue(accepted) && !isFalse(accepted));

/** `Accepted`, `Not accepted`, `Refs not resolved`, `Waiting`, `No gateway`: the worst of its parents. */
export function routeState(row: HttpRouteRow): string {
  if (row.parents.length === 0) return 'No gateway';
  if (refusing(row).length > 0) return 'Not accepted';
  if (unresolving(row).length > 0) return 'Refs not resolved';
  return silentParents(row).length > 0 ? 'Waiting' : 'Accepted';
}

/** A route: taken by all that it names, all that it names there, and somebody who answers. */
export function routeHealth(row: HttpRouteRow, now: number): Health {
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
  const [silent] = silentParents(row);
  if (silent !== undefined) {
    const what = `${parentName(silent, row.namespace)} has not taken it`;
    return waiting(what, row.created, now);
  }
  const trouble = row.trouble ?? '';
  if (trouble === '') return OK;
  return row.endpointsReady === 0 ? bad(trouble) : warn(trouble);
}
