/** Why nothing comes through a route. */
import { own } from '../../core/own.ts';
import type { Work } from '../../core/work.ts';
import { parentName, pathIn, refusing, silentParents, unresolving } from '../gateways.ts';
import type { HttpRouteRow, RouteParent } from '../tables/httproutes.ts';
import { deadEnd } from './backends.ts';
import {
  answerOf,
  finding,
  firstOf,
  named,
  type Answer,
  type Rule,
  type World,
} from './finding.ts';
import { conditionOf, reasonOf, whyGateway } from './gateway.ts';

export const whyHttpRoute: Rule<HttpRouteRow> = (route, world) =>
  route.deleting > 0
    ? null
    : firstOf(
        noParent,
        missingGateway,
        notAccepted,
        notResolved,
        gatewayTrouble,
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

function noParent({ name, parents }: HttpRouteRow): Answer {
  if (parents.length > 0) return null;
  return finding('deduced', 'it names no gateway, and nobody serves it', {
    evidence: [{ source: `httproute ${name}`, text: 'spec without parentRefs' }],
    next: ['name its gateway in parentRefs'],
  });
}

const gatewaysOf = ({ parents }: HttpRouteRow): readonly RouteParent[] =>
  parents.filter(({ kind }) => kind === 'Gateway');

function missingGateway(route: HttpRouteRow, world: World): Answer {
  const missing = gatewaysOf(route).find(
    ({ namespace, name }) =>
      world.unread('gateways', namespace) === '' &&
      world.named('gateways', namespace, name) === null,
  );
  if (missing === undefined) return null;
  const path = pathIn(route.namespace, missing);
  return finding('deduced', `gateway ${path}, which it names, is not there`, {
    evidence: [{ source: `httproute ${route.name}`, text: `parentRef ${path}` }],
    next: [`make gateway ${path}, or mend its name in parentRefs`],
  });
}

function notAccepted(route: HttpRouteRow): Answer {
  const [parent] = refusing(route);
  if (parent === undefined) return null;
  const { accepted } = parent;
  const who = parentName(parent, route.namespace);
  return finding('said', `${who} does not take it: ${reasonOf(accepted)}`, {
    evidence: [conditionOf(`Accepted of ${who}`, accepted)],
    next: nextOf(accepted.reason),
  });
}

function notResolved(route: HttpRouteRow): Answer {
  const [parent] = unresolving(route);
  if (parent === undefined) return null;
  const { resolved } = parent;
  const sentence = `something that it names cannot be used: ${reasonOf(resolved)}`;
  return finding('said', sentence, {
    evidence: [conditionOf(`ResolvedRefs of ${parentName(parent, route.namespace)}`, resolved)],
    next: nextOf(resolved.reason),
  });
}

/** What its gateway has, it has. */
function* gatewayTrouble(route: HttpRouteRow, world: World): Work<Answer> {
  for (const { namespace, name } of gatewaysOf(route)) {
    const gateway = world.named('gateways', namespace, name);
    if (gateway === null) continue;
    const found = yield* answerOf(whyGateway(gateway, world));
    if (found === null) continue;
    const path = pathIn(route.namespace, gateway);
    const hangsOn = {
      source: `gateway ${path}`,
      text: 'what it hangs on',
      about: named('Gateway', gateway),
    };
    return {
      ...found,
      sentence: `gateway ${path}: ${found.sentence}`,
      evidence: [hangsOn, ...found.evidence],
    };
  }
  return null;
}

function notTaken(route: HttpRouteRow, world: World): Answer {
  const [parent] = silentParents(route);
  if (parent === undefined) return null;
  const who = parentName(parent, route.namespace);
  const unknown = world.unread('gateways', parent.namespace);
  return finding('unknown', `${who} has not taken it so far, and does not say why`, {
    evidence: [{ source: `httproute ${route.name}`, text: `no status of ${who}` }],
    next: ['look whether the controller of that gateway runs, and at its log'],
    unread: unknown === '' ? [] : [`gateways: ${unknown}`],
  });
}

/** The first of its services that leads nowhere; what gets no requests does not count. */
function* nothingBehind(route: HttpRouteRow, world: World): Work<Answer> {
  const { name, namespace, backends } = route;
  const services = backends
    .filter(({ service, weight }) => service !== '' && weight > 0)
    .map((each) => ({ namespace: each.namespace, name: each.service }));
  return yield* deadEnd({ called: `httproute ${name}`, namespace }, services, world);
}
