/** Why nothing comes through a service. */
import { selectorText, selectsWithin } from '../selector.ts';
import type { PodRow, ServiceRow, WorkloadRow } from '../rows.ts';
import { policed } from '../tables/networkpolicies.ts';
import { hasEnded } from '../workload-pods.ts';
import {
  eventsOf,
  finding,
  firstOf,
  fromEvent,
  type Evidence,
  type Finding,
  type Rule,
  type World,
} from './finding.ts';
import { sharedCause } from './pods-of.ts';

export const whyService: Rule<ServiceRow> = (service, world) => {
  if (service.deleting > 0 || service.type === 'ExternalName') return null;
  return firstOf(noBalancer, noEndpoints, wrongPort, isolated)(service, world);
};

/** What asks for a load balancer and has none. */
function noBalancer(service: ServiceRow, world: World): Finding | null {
  if (service.type !== 'LoadBalancer' || service.external !== '<pending>') return null;
  const unread: string[] = [];
  const failed = eventsOf('Service', service, world, unread).find(({ type }) => type === 'Warning');
  if (failed === undefined) {
    return finding('unknown', 'it has no load balancer so far, and no event says why', {
      next: ['look whether the AWS Load Balancer Controller runs, and at its log'],
      unread,
    });
  }
  return finding('said', `it has no load balancer: ${failed.message.trim()}`, {
    evidence: [fromEvent(failed)],
    unread,
  });
}

const pairs = (service: ServiceRow): readonly [string, string][] =>
  Object.entries(service.selector);

/** Pods of its namespace that could get traffic. Cheap: there may be very many elsewhere. */
const podsIn = ({ namespace }: ServiceRow, world: World): readonly PodRow[] =>
  world
    .rows('pods')
    .filter((pod) => pod.namespace === namespace && !hasEnded(pod) && pod.deleting === 0);

/** Whether a pod has all labels that are asked for. */
function selecting(service: ServiceRow): (pod: PodRow) => boolean {
  const wanted = pairs(service);
  return ({ labels }) => wanted.every(([key, value]) => labels[key] === value);
}

const selectedBy = (service: ServiceRow, world: World): readonly PodRow[] =>
  podsIn(service, world).filter(selecting(service));

const textOf = (matchLabels: Readonly<Record<string, string>>): string =>
  selectorText({ matchLabels, matchExpressions: [] });

/** Its selector means no pod, or none that is ready. */
function noEndpoints(service: ServiceRow, world: World): Finding | null {
  const { namespace, endpointsReady } = service;
  if (endpointsReady === null) {
    const why = world.unread('endpointslices', namespace);
    if (why === 'not read yet' || why === '') return null;
    const unread = [`endpoint slices: ${why}`];
    // Without pods that it means it has no endpoints, whatever may be read of them.
    const isMeant =
      pairs(service).length === 0 ||
      world.unread('pods', namespace) !== '' ||
      selectedBy(service, world).length > 0;
    return isMeant
      ? finding('unknown', 'whether it leads anywhere is not known', { unread })
      : { ...meansNone(service, world, []), unread };
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
  const pods = selectedBy(service, world);
  if (pods.length === 0) return meansNone(service, world, [slices]);
  const unready = pods.filter(({ isReady }) => !isReady);
  if (unready.length === 0) return null;
  const { words, finding: found, evidence } = sharedCause(unready, world);
  const none =
    pods.length === 1 ? 'its one pod is not ready' : `none of its ${pods.length} pods is ready`;
  return finding(found?.certainty ?? 'deduced', `${none}: ${words}`, {
    evidence: [slices, ...evidence],
    next: found?.next ?? [],
    unread: [...unread, ...(found?.unread ?? [])],
  });
}

/** No pod has the labels: those that have nearly all of them, and who would make such pods. */
function meansNone(service: ServiceRow, world: World, slices: readonly Evidence[]): Finding {
  const wanted = textOf(service.selector);
  const scaled = makers(service, world).filter(({ desired }) => desired === 0);
  const [idle] = scaled;
  if (idle !== undefined) {
    const name = `${idle.kind.toLowerCase()}/${idle.name}`;
    return finding('deduced', `${name}, whose pods it means, is scaled to zero`, {
      evidence: [...slices, { source: name, text: `0 replicas wanted, selector ${idle.selector}` }],
      next: [`scale ${name}`],
    });
  }
  const near = nearPods(service, world);
  const selects = selecting(service);
  const elsewhere = world.rows('pods').find((pod) => selects(pod) && !hasEnded(pod));
  const sentence = `its selector ${wanted} means no pod in ${service.namespace}`;
  const [first] = near;
  if (first !== undefined) {
    const { differs, pods } = first;
    const who = `${pods.length === 1 ? 'pod' : `${pods.length} pods like`} ${pods[0]?.name ?? ''}`;
    const has = `${who} ${pods.length === 1 ? 'has' : 'have'} ${differs}`;
    return finding('deduced', `${sentence}; ${has}`, {
      evidence: [
        ...slices,
        ...near.slice(0, 3).map((each) => ({
          source: `pod ${each.pods[0]?.name ?? ''}${each.pods.length > 1 ? ` and ${each.pods.length - 1} more` : ''}`,
          text: `has ${each.differs}`,
        })),
      ],
      next: ['mend the selector of the service, or the labels in the template of the pods'],
    });
  }
  if (elsewhere !== undefined) {
    return finding('deduced', `${sentence}; such pods are in ${elsewhere.namespace}`, {
      evidence: [
        ...slices,
        { source: `pod ${elsewhere.namespace}/${elsewhere.name}`, text: wanted },
      ],
      next: ['move the service: one takes only pods of its own namespace'],
    });
  }
  return finding('deduced', sentence, {
    evidence: slices,
    next: ['mend the selector, or start what should have these labels'],
  });
}

/** Workloads whose pods would have all labels that are asked for. */
function makers(service: ServiceRow, world: World): readonly WorkloadRow[] {
  const wanted = textOf(service.selector);
  return (['deployments', 'statefulsets'] as const)
    .flatMap((table): readonly WorkloadRow[] => world.rows(table))
    .filter((row) => row.namespace === service.namespace && selectsWithin(row.selector, wanted));
}

interface Near {
  /** What it has where another value is asked for: `app=web-api instead of app=api`. */
  readonly differs: string;
  readonly pods: readonly PodRow[];
}

/** Pods that miss the selector by one label, by what they have in its place; the most first. */
function nearPods(service: ServiceRow, world: World): readonly Near[] {
  const wanted = pairs(service);
  const groups = Map.groupBy(podsIn(service, world), (pod) => difference(wanted, pod));
  groups.delete('');
  return [...groups]
    .map(([differs, pods]) => ({ differs, pods }))
    .sort((a, b) => b.pods.length - a.pods.length);
}

/** The one label in which a pod differs; empty where it is none, or not one alone. */
function difference(wanted: readonly [string, string][], { labels }: PodRow): string {
  const [only, another] = wanted.filter(([key, value]) => labels[key] !== value);
  if (only === undefined || another !== undefined) return '';
  const [key, value] = only;
  const has = labels[key];
  // Where a single label is asked for, all other pods are without it: those of a like name are told.
  if (wanted.length === 1 && !isLike(has ?? '', value)) return '';
  return has === undefined
    ? `no label ${key} (${value} is asked for)`
    : `${key}=${has} instead of ${key}=${value}`;
}

/** One of them is the other with something more, or they differ in a letter or two. */
function isLike(a: string, b: string): boolean {
  const [x, y] = [a.toLowerCase(), b.toLowerCase()];
  if (x === '' || y === '') return false;
  return x.includes(y) || y.includes(x) || x.split(/[-_.]/).some((part) => part === y);
}

/** Ports of its pods' containers, as rows have them: `http:8080/TCP`. */
function portsOf(pods: readonly PodRow[]): readonly { name: string; number: string }[] {
  const all = pods.flatMap(({ containers }) => containers.flatMap(({ ports }) => ports));
  return [...new Set(all)].map((text) => {
    const [, name = '', number = ''] = /^(?:(.+):)?(\d+)\//.exec(text) ?? [];
    return { name, number };
  });
}

/** A target port by a name that no container has leads nowhere; one by a number may still answer. */
function wrongPort(service: ServiceRow, world: World): Finding | null {
  if (pairs(service).length === 0 || world.unread('pods', service.namespace) !== '') return null;
  const pods = selectedBy(service, world).filter(({ isReady }) => isReady);
  if (pods.length === 0) return null;
  const ports = portsOf(pods);
  const declared = ports.map(({ name, number }) => (name === '' ? number : `${name} (${number})`));
  for (const { port, targetPort } of service.ports) {
    const isNumber = /^\d+$/.test(targetPort);
    if (isNumber || targetPort === '' || ports.some(({ name }) => name === targetPort)) continue;
    const has = declared.length === 0 ? 'they declare none' : `they have ${declared.join(', ')}`;
    return finding(
      'deduced',
      `its port ${port} leads nowhere: no container of its pods has a port named ${targetPort}; ${has}`,
      {
        evidence: [{ source: `service ${service.name}`, text: `port ${port} → ${targetPort}` }],
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
        { source: `service ${service.name}`, text: `port ${odd.port} → ${odd.targetPort}` },
      ],
      next: ['compare the target port with what the program listens on'],
    },
  );
}

/** Policies that let nothing in, where somebody enforces them. */
function isolated(service: ServiceRow, world: World): Finding | null {
  if (pairs(service).length === 0 || world.unread('pods', service.namespace) !== '') return null;
  if (world.unread('networkpolicies', service.namespace) !== '') return null;
  const pods = selectedBy(service, world);
  if (pods.length === 0) return null;
  const over = world
    .rows('networkpolicies')
    .filter((policy) => policy.ingress !== null && pods.every(policed(policy)));
  const closed = over.length > 0 && over.every(({ ingress }) => ingress?.length === 0);
  const [first] = over;
  if (!closed || first === undefined || first.enforcer === '') return null;
  const names = over.map(({ name }) => name).join(', ');
  const evidence = over.map(({ name, enforcer }) => ({
    source: `network policy ${name}`,
    text: `lets nothing in${enforcer === null ? '' : `, enforced by ${enforcer}`}`,
  }));
  return finding(
    first.enforcer === null ? 'unknown' : 'deduced',
    `its pods are ready, and network policy ${names} lets nothing in${first.enforcer === null ? ', where it is enforced' : ''}`,
    { evidence, next: ['let in who should reach it, by another policy'] },
  );
}
