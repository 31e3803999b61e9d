/** Why nothing comes through a route. */
import { own } from '../../core/own.ts';
import type { Work } from '../../core/work.ts';
import {
  outdated,
  parentName,
  pathIn,
  refusing,
  servicesBehind,
  silentParents,
  unresolving,
} from '../gateways.ts';
import { foreignServices, grantedOf, grantedTo, lets } from '../reference-grants.ts';
import type { RouteParent, RouteRow } from '../tables/gateway-routes.ts';
import { deadEnd } from './backends.ts';
import {
  answerOf,
  finding,
  firstOf,
  named,
  rowsWhere,
  through,
  type Answer,
  type Rule,
  type World,
} from './finding.ts';
import { conditionOf, earlierOf, reasonOf, whyGateway } from './gateway.ts';

export const whyRoute: Rule<RouteRow> = (route, world) =>
  route.deleting > 0
    ? null
    : firstOf(
        noParent,
        missingGateway,
        notAccepted,
        notResolved,
        gatewayTrouble,
        missingListener,
        notGranted,
        surelyNothingBehind,
        notJudged,
        notTaken,
        nothingBehind,
      )(route, world);

/** What to do about the reasons that the specification names. */
const NEXT: Readonly<Record<string, string>> = {
  NotAllowedByListeners:
    'let the listener take routes of this namespace and kind (allowedRoutes of the gateway)',
  NoMatchingListenerHostname: 'name a host of a listener, or let a listener take this host',
  NoMatchingParent: 'mend the listener (sectionName) or port that it names',
  BackendNotFound: 'make the service that it names, or mend its name and port',
  RefNotPermitted:
    'make a ReferenceGrant in the namespace of the backend, which lets routes of this one name it',
  InvalidKind: 'name a backend of a kind that the controller knows',
  UnsupportedProtocol: 'mend appProtocol of the port of its service',
  UnsupportedValue: 'leave out what the controller cannot do',
  IncompatibleFilters: 'leave out one of the filters that do not go together',
};

const nextOf = (reason: string): readonly string[] => {
  const next = own(NEXT, reason);
  return next === undefined ? [] : [next];
};

/** `httproute api`, as kubectl names it. */
const called = ({ routeKind, name }: RouteRow): string => `${routeKind.toLowerCase()} ${name}`;

function noParent(route: RouteRow): Answer {
  if (route.parents.length > 0) return null;
  return finding('deduced', 'it names no gateway, and nobody serves it', {
    evidence: [{ source: called(route), text: 'spec without parentRefs' }],
    next: ['name its gateway in parentRefs'],
  });
}

const gatewaysOf = ({ parents }: RouteRow): readonly RouteParent[] =>
  parents.filter(({ kind }) => kind === 'Gateway');

function missingGateway(route: RouteRow, world: World): Answer {
  const missing = gatewaysOf(route).find(
    ({ namespace, name }) =>
      world.unread('gateways', namespace) === '' &&
      world.named('gateways', namespace, name) === null,
  );
  if (missing === undefined) return null;
  const path = pathIn(route.namespace, missing);
  return finding('deduced', `gateway ${path}, which it names, is not there`, {
    evidence: [{ source: called(route), text: `parentRef ${path}` }],
    next: [`make gateway ${path}, or mend its name in parentRefs`],
  });
}

function notAccepted(route: RouteRow): Answer {
  const [parent] = refusing(route);
  if (parent === undefined) return null;
  const { accepted } = parent;
  const who = parentName(parent, route.namespace);
  return finding('said', `${who} does not take it: ${reasonOf(accepted)}`, {
    evidence: [conditionOf(`Accepted of ${who}`, accepted)],
    next: nextOf(accepted.reason),
  });
}

function* notResolved(route: RouteRow, world: World): Work<Answer> {
  const [parent] = unresolving(route);
  if (parent === undefined) return null;
  const { resolved } = parent;
  const sentence = `something that it names cannot be used: ${reasonOf(resolved)}`;
  const unread: string[] = [];
  const lacks =
    resolved.reason === 'RefNotPermitted' ? yield* withoutGrant(route, world, unread) : null;
  const said = conditionOf(`ResolvedRefs of ${parentName(parent, route.namespace)}`, resolved);
  return finding('said', sentence, {
    evidence: [said, ...(lacks?.evidence ?? [])],
    next: lacks?.next ?? nextOf(resolved.reason),
    unread,
  });
}

/** A service of another namespace that it may not name, which nobody who serves it denies. */
function* notGranted(route: RouteRow, world: World): Work<Answer> {
  if (route.parents.every(({ resolved }) => resolved.status === 'True')) return null;
  return yield* withoutGrant(route, world, []);
}

/** The first of its services that no grant lets it name, as far as grants are known. */
function* withoutGrant(route: RouteRow, world: World, unread: string[]): Work<Answer> {
  for (const { namespace, name } of foreignServices(route)) {
    const unknown = world.unread('referencegrants', namespace);
    if (unknown !== '') unread.push(`reference grants of ${namespace}: ${unknown}`);
    const grants = yield* rowsWhere(world, 'referencegrants', (row) => row.namespace === namespace);
    const isLet = grants.some((grant) => lets(grant, route, { namespace, name }));
    if (isLet || unknown !== '') continue;
    const sentence = `no reference grant in ${namespace} lets it name service ${name}: nothing it sends gets there`;
    return finding('deduced', sentence, {
      evidence: [
        { source: called(route), text: `backend ${namespace}/${name}` },
        ...grants.map((grant) => ({
          source: `reference grant ${grant.name}`,
          text: `lets ${grantedTo(grant)} name ${grantedOf(grant)}`,
          about: named('ReferenceGrant', grant),
        })),
      ],
      next: [
        `make a ReferenceGrant in ${namespace} that lets ${route.routeKind} of ${route.namespace} name Service ${name}`,
      ],
    });
  }
  return null;
}

/** What its gateway has, it has: of the listeners that it is for. */
function* gatewayTrouble(route: RouteRow, world: World): Work<Answer> {
  for (const { namespace, name, section, port } of gatewaysOf(route)) {
    const gateway = world.named('gateways', namespace, name);
    if (gateway === null) continue;
    const listeners = gateway.listeners.filter(
      (each) => (section === '' || each.name === section) && (port === null || each.port === port),
    );
    const found = yield* answerOf(whyGateway({ ...gateway, listeners }, world));
    if (found === null) continue;
    const path = pathIn(route.namespace, gateway);
    const hangsOn = {
      source: `gateway ${path}`,
      text: 'what it hangs on',
      about: named('Gateway', gateway),
    };
    return through(`gateway ${path}`, hangsOn, found);
  }
  return null;
}

/** A listener that a silent controller would not find either. */
function missingListener(route: RouteRow, world: World): Answer {
  for (const { namespace, name, section, accepted } of gatewaysOf(route)) {
    const gateway = world.named('gateways', namespace, name);
    const isMeant = section !== '' && accepted.status !== 'True';
    if (gateway === null || !isMeant) continue;
    const listeners = gateway.listeners.map((each) => each.name);
    if (listeners.includes(section)) continue;
    const path = pathIn(route.namespace, gateway);
    return finding('deduced', `gateway ${path} has no listener ${section}, which it names`, {
      evidence: [
        {
          source: `gateway ${path}`,
          text: `listeners ${listeners.join(', ') || 'none'}`,
          about: named('Gateway', gateway),
        },
      ],
      next: nextOf('NoMatchingParent'),
    });
  }
  return null;
}

/** What is said of it is about what it was before. */
function notJudged(route: RouteRow): Answer {
  const [parent] = outdated(route);
  if (parent === undefined) return null;
  const who = parentName(parent, route.namespace);
  return finding('unknown', `${who} has not looked at its latest change so far`, {
    evidence: [
      ...earlierOf(`Accepted of ${who}`, parent.accepted),
      ...earlierOf(`ResolvedRefs of ${who}`, parent.resolved),
    ],
    next: ['look whether the controller of that gateway runs, and at its log'],
  });
}

function* notTaken(route: RouteRow, world: World): Work<Answer> {
  const [parent] = silentParents(route);
  if (parent === undefined) return null;
  const who = parentName(parent, route.namespace);
  const unknown = world.unread('gateways', parent.namespace);
  const unread = unknown === '' ? [] : [`gateways: ${unknown}`];
  // None of them is missing that is known: what is not may be.
  yield* withoutGrant(route, world, unread);
  return finding('unknown', `${who} has not taken it so far, and does not say why`, {
    evidence: [{ source: called(route), text: `no status of ${who}` }],
    next: ['look whether the controller of that gateway runs, and at its log'],
    unread,
  });
}

/** The first of its services that leads nowhere. */
function* nothingBehind(route: RouteRow, world: World): Work<Answer> {
  const { namespace, backends } = route;
  return yield* deadEnd({ called: called(route), namespace }, servicesBehind(backends), world);
}

/** What is surely wrong behind it comes before what its controller has not said. */
function* surelyNothingBehind(route: RouteRow, world: World): Work<Answer> {
  const found = yield* nothingBehind(route, world);
  return found?.certainty === 'unknown' ? null : found;
}
