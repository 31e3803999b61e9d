/** Why nothing comes through a service. */
import { at, text } from '../../core/json.ts';
import type { Work } from '../../core/work.ts';
import type { PodRow, ServiceRow } from '../rows.ts';
import { policed } from '../tables/networkpolicies.ts';
import {
  eventsOf,
  finding,
  firstOf,
  fromEvent,
  rowsWhere,
  named,
  valueOf,
  type Answer,
  type Finding,
  type Rule,
  type World,
} from './finding.ts';
import { finalizing } from './finalizers.ts';
import { balancerAdvice } from './balancer-advice.ts';
import { sharedCause } from './pods-of.ts';
import { couldServe, pairs, selectedBy, selecting } from './service-pods.ts';
import { meansNone } from './service-selector.ts';

export const whyService: Rule<ServiceRow> = (service, world) => {
  if (service.deleting > 0) return leaving(service, world);
  if (service.type === 'ExternalName') return null;
  return firstOf(noBalancer, noEndpoints, wrongPort, isolated, partly)(service, world);
};

const leaving = finalizing('services', 'Service');

/** What asks for a load balancer and has none. */
function noBalancer(service: ServiceRow, world: World): Answer {
  if (service.type !== 'LoadBalancer' || service.external !== '<pending>') return null;
  const unread: string[] = [];
  const failed = eventsOf('Service', service, world, unread).find(({ type }) => type === 'Warning');
  if (failed === undefined) {
    if (service.loadBalancer === '') return ofAnotherClass(service, world);
    return finding('unknown', 'it has no load balancer so far, and no event says why', {
      next: ['look whether the AWS Load Balancer Controller runs, and at its log'],
      unread,
    });
  }
  return finding('said', `it has no load balancer: ${failed.message.trim()}`, {
    evidence: [fromEvent(failed)],
    next: balancerAdvice(failed.message),
    unread,
  });
}

/** Its class is none of AWS's: whoever it was meant for has not made one. */
function ofAnotherClass({ namespace, name }: ServiceRow, world: World): Finding {
  const unread: string[] = [];
  const whole = valueOf(world.object('services', namespace, name), 'the service itself', unread);
  const asked = text(at(whole, 'spec', 'loadBalancerClass'));
  return finding(
    'deduced',
    `nobody has made the load balancer of class ${asked} that it asks for`,
    {
      evidence: [{ source: 'spec.loadBalancerClass', text: asked }],
      next: [
        `look whether the controller that makes balancers of class ${asked} runs: no other does`,
      ],
      unread,
    },
  );
}

/** Its selector means no pod, or none that is ready. */
function* noEndpoints(service: ServiceRow, world: World): Work<Answer> {
  const { namespace, endpointsReady } = service;
  if (endpointsReady === null) {
    const why = world.unread('endpointslices', namespace);
    if (why === 'not read yet' || why === '') return null;
    const unread = [`endpoint slices: ${why}`];
    // Without pods that it means it has no endpoints, whatever may be read of them.
    const isMeant =
      pairs(service).length === 0 ||
      world.unread('pods', namespace) !== '' ||
      (yield* selectedBy(service, world)).length > 0;
    return isMeant
      ? finding('unknown', 'whether it leads anywhere is not known', { unread })
      : { ...(yield* meansNone(service, world, [])), unread };
  }
  if (endpointsReady > 0) return null;
  const slices = {
    source: 'endpoint slices',
    text: `0 ready, ${service.endpointsNotReady ?? '?'} not ready`,
  };
  if (pairs(service).length === 0) {
    return finding('deduced', 'it has no selector, and nobody has made endpoints for it by hand', {
      evidence: [slices],
      next: ['give it a selector, or make an endpoint slice with its label'],
    });
  }
  const unread: string[] = [];
  const unknown = world.unread('pods', namespace);
  if (unknown !== '') {
    unread.push(`pods: ${unknown}`);
    return finding('unknown', 'it has no ready endpoint', { evidence: [slices], unread });
  }
  const [could, selects] = [couldServe(service), selecting(service)];
  const unready: PodRow[] = [];
  let pods = 0;
  yield* world.each('pods', (pod) => {
    if (!could(pod) || !selects(pod)) return;
    pods++;
    if (!pod.isReady) unready.push(pod);
  });
  if (pods === 0) return yield* meansNone(service, world, [slices]);
  if (unready.length === 0) return null;
  const { words, finding: found, evidence } = yield* sharedCause(unready, world);
  const none = pods === 1 ? 'its one pod is not ready' : `none of its ${pods} pods is ready`;
  return finding(found?.certainty ?? 'deduced', `${none}: ${words}`, {
    evidence: [slices, ...evidence],
    next: found?.next ?? [],
    unread: [...unread, ...(found?.unread ?? [])],
  });
}

/** Some of its pods serve, and some do not for a cause that is known. */
function* partly(service: ServiceRow, world: World): Work<Answer> {
  if (!service.endpointsReady || !service.endpointsNotReady) return null;
  const pods = yield* selectedBy(service, world);
  const unready = pods.filter(({ isReady }) => !isReady);
  if (unready.length === 0) return null;
  const { words, finding: found, evidence } = yield* sharedCause(unready, world);
  if (found === null) return null;
  const get = unready.length === 1 ? 'is not ready, and gets' : 'are not ready, and get';
  const sentence = `${unready.length} of its ${pods.length} pods ${get} no traffic: ${words}`;
  return { ...found, sentence, evidence };
}

/** What the ready pods of a service declare. */
interface Declared {
  readonly pods: number;
  /** As rows have them: `http:8080/TCP`. */
  readonly ports: ReadonlySet<string>;
  /** How many pods have a port of that name and protocol: `http/TCP`. */
  readonly named: ReadonlyMap<string, number>;
}

function* declaredBy(service: ServiceRow, world: World): Work<Declared> {
  const ports = new Set<string>();
  const named = new Map<string, number>();
  const [could, selects] = [couldServe(service), selecting(service)];
  let pods = 0;
  yield* world.each('pods', (pod) => {
    if (!pod.isReady || !could(pod) || !selects(pod)) return;
    pods++;
    // As endpoints are made: of an init container that has ended no port counts.
    const serving = pod.containers.filter(({ role }) => role === 'main' || role === 'sidecar');
    const own = serving.flatMap(({ spec }) => spec.ports);
    for (const port of own) ports.add(port);
    for (const name of new Set(own.map((port) => port.replace(/:\d+\//, '/')))) {
      named.set(name, (named.get(name) ?? 0) + 1);
    }
  });
  return { pods, ports, named };
}

interface DeclaredPort {
  readonly name: string;
  readonly number: string;
  readonly protocol: string;
}

function declaredPort(port: string): DeclaredPort {
  const [, name = '', number = '', protocol = ''] = /^(?:(.+):)?(\d+)\/(.*)$/.exec(port) ?? [];
  return { name, number, protocol };
}

/** `http (8080)`, `dns (53/UDP)`, `8080`. */
function portText({ name, number, protocol }: DeclaredPort): string {
  const place = protocol === 'TCP' ? number : `${number}/${protocol}`;
  return name === '' ? place : `${name} (${place})`;
}

/** A target port by a name that no container has leads nowhere; one by a number may still answer. */
function* wrongPort(service: ServiceRow, world: World): Work<Answer> {
  if (pairs(service).length === 0 || world.unread('pods', service.namespace) !== '') return null;
  const { pods, ports: all, named: having } = yield* declaredBy(service, world);
  if (pods === 0) return null;
  const ports = [...all].map(declaredPort);
  const declared = ports.map(portText);
  for (const { port, targetPort, protocol } of service.ports) {
    if (/^\d+$/.test(targetPort) || targetPort === '') continue;
    const count = having.get(`${targetPort}/${protocol || 'TCP'}`) ?? 0;
    if (count === pods) continue;
    const has = declared.length === 0 ? 'they declare none' : `they have ${declared.join(', ')}`;
    const isOther = count === 0 && ports.some(({ name }) => name === targetPort);
    const wanted = `port named ${targetPort}${isOther ? ` of ${protocol || 'TCP'}` : ''}`;
    return finding(
      'deduced',
      count === 0
        ? `its port ${port} leads nowhere: no container of its pods has a ${wanted}; ${has}`
        : `its port ${port} leads to ${count} of its ${pods} ready pods: the others have no ${wanted}`,
      {
        evidence: [
          {
            source: `service ${service.name}`,
            text: `port ${port} → ${targetPort}`,
            about: named('Service', service),
          },
        ],
        next: ['mend the target port of the service, or the port’s name in the template'],
      },
    );
  }
  const odd = service.ports.find(
    ({ targetPort }) =>
      /^[1-9]\d*$/.test(targetPort) &&
      ports.length > 0 &&
      ports.every(({ number }) => number !== targetPort),
  );
  if (odd === undefined) return null;
  return finding(
    'unknown',
    `its endpoints are ready; whether anything listens on ${odd.targetPort} is not known: its pods declare ${declared.join(', ')}`,
    {
      evidence: [
        {
          source: `service ${service.name}`,
          text: `port ${odd.port} → ${odd.targetPort}`,
          about: named('Service', service),
        },
      ],
      next: ['compare the target port with what the program listens on'],
    },
  );
}

/** Policies that let nothing in, where somebody enforces them. */
function* isolated(service: ServiceRow, world: World): Work<Answer> {
  if (pairs(service).length === 0 || world.unread('pods', service.namespace) !== '') return null;
  if (world.unread('networkpolicies', service.namespace) !== '') return null;
  const policies = yield* rowsWhere(
    world,
    'networkpolicies',
    ({ namespace, ingress }) => namespace === service.namespace && ingress !== null,
  );
  if (policies.length === 0) return null;
  // Those that are about each of its pods.
  let left = policies.map((policy) => ({ policy, takes: policed(policy) }));
  const [could, selects] = [couldServe(service), selecting(service)];
  let pods = 0;
  yield* world.each('pods', (pod) => {
    if (!could(pod) || !selects(pod)) return;
    pods++;
    left = left.filter(({ takes }) => takes(pod));
  });
  if (pods === 0) return null;
  const over = left.map(({ policy }) => policy);
  const closed = over.length > 0 && over.every(({ ingress }) => ingress?.length === 0);
  const [first] = over;
  if (!closed || first === undefined || first.enforcer === '') return null;
  const names = over.map(({ name }) => name).join(', ');
  const evidence = over.map((policy) => ({
    source: `network policy ${policy.name}`,
    text: `lets nothing in${policy.enforcer === null ? '' : `, enforced by ${policy.enforcer}`}`,
    about: named('NetworkPolicy', policy),
  }));
  return finding(
    first.enforcer === null ? 'unknown' : 'deduced',
    `its pods are ready, and network policy ${names} lets nothing in${first.enforcer === null ? ', where it is enforced' : ''}`,
    { evidence, next: ['let in who should reach it, by another policy'] },
  );
}
