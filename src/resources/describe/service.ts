import type { Cell } from '../../core/styled.ts';
import { podHealth, serviceHealth } from '../../domain/health.ts';
import type { ServiceRow } from '../../domain/rows.ts';
import type { Query } from '../../ports/query.ts';
import { known, status, toned } from '../cells.ts';
import type { DescribeInput, RowContext, Section } from '../define.ts';
import { selects } from '../selects.ts';
import { balancerLinesOf, serviceTargetsSections, targetsLine } from './balancer.ts';
import {
  departure,
  eventsSection,
  many,
  metadataLines,
  NONE,
  pairs,
  sections,
  UNKNOWN,
  when,
  type Line,
} from './common.ts';
import { namesLines } from './names.ts';
import { at, entries, text, texts } from '../../core/json.ts';

export function describeService(input: DescribeInput<ServiceRow>): readonly Section[] {
  const { row, object, events, query, ctx } = input;
  return sections(
    { title: 'Service', lines: summary(input) },
    { title: 'AWS', lines: row.type === 'LoadBalancer' ? balancerLines(row, object, query) : [] },
    ...serviceTargetsSections(row, query),
    { title: 'Endpoints', lines: endpointLines(row, query, ctx) },
    eventsSection(events, ctx),
  );
}

function summary({ row, object, query, ctx }: DescribeInput<ServiceRow>): readonly Line[] {
  const spec = (key: string): string => text(at(object, 'spec', key));
  return [
    ['Name', toned(row.name, 'strong')],
    ['Namespace', row.namespace],
    ['Type', row.type],
    ...departure(row, ctx),
    ['State', stateOf(row, ctx)],
    ...targetsLine(row.targets),
    ['Created', when(row.created, ctx)],
    ['Cluster IP', texts(at(object, 'spec', 'clusterIPs')).join(', ') || known(row.clusterIP)],
    ['IP families', known(texts(at(object, 'spec', 'ipFamilies')).join(', '))],
    ['External', known(row.external)],
    ...(row.type === 'LoadBalancer' ? namesLines(row.external, row.names, object, query) : []),
    ...many('Ports', row.ports.map(portText)),
    ...pairs('Selector', row.selector),
    ['Session affinity', known(spec('sessionAffinity'))],
    ['External traffic', known(spec('externalTrafficPolicy'))],
    ['Internal traffic', known(spec('internalTrafficPolicy'))],
    ...metadataLines(object),
  ];
}

function stateOf(row: ServiceRow, ctx: RowContext): Cell {
  const { type, endpointsReady, endpointsNotReady } = row;
  if (type === 'ExternalName') return 'a name, without endpoints';
  if (endpointsReady === null) return toned('? endpoints are not known', 'muted');
  const text = `${endpointsReady} ready, ${endpointsNotReady ?? '?'} not ready`;
  return status(text, serviceHealth(row, ctx.now));
}

/** `http 80/TCP → 8080, node port 31234`. */
function portText(port: ServiceRow['ports'][number]): string {
  const name = port.name === '' ? '' : `${port.name} `;
  const node = port.nodePort > 0 ? `, node port ${port.nodePort}` : '';
  return `${name}${port.port}/${port.protocol} → ${port.targetPort}${node}`;
}

/** What asks for the load balancer, and what it became. */
function balancerLines(
  row: ServiceRow,
  object: DescribeInput<ServiceRow>['object'],
  query: Query,
): readonly Line[] {
  const asked = entries(object?.metadata.annotations).filter(([key]) =>
    key.includes('aws-load-balancer'),
  );
  return [
    ['Load balancer', known(row.loadBalancer)],
    ['Scheme', row.internal ? 'internal' : 'internet-facing'],
    ['Class', known(text(at(object, 'spec', 'loadBalancerClass')))],
    ['Host name', row.external === '<pending>' ? toned('pending', 'warn') : known(row.external)],
    ...balancerLinesOf(row.external, query),
    ...many(
      'Asked for',
      asked.map(([key, value]) => `${key.slice(key.lastIndexOf('/') + 1)}: ${value}`),
    ),
  ];
}

/** The pods behind it with their readiness and zone. */
function endpointLines(row: ServiceRow, query: Query, ctx: RowContext): readonly Line[] {
  const only = selects(row);
  if (typeof only === 'string') return [[[only, 'muted']]];
  const pods = [...query.rows('pods')].filter((pod) => pod.gone === 0 && only(pod));
  if (pods.length === 0) {
    return [query.status('pods').synced ? NONE : UNKNOWN];
  }
  return pods.map((pod): Line => {
    const ready = pod.isReady ? 'ready' : 'not ready';
    const state = status(ready, {
      ...podHealth(pod, ctx.now),
      cause: pod.isReady ? '' : pod.cause,
    });
    const place = [pod.ip, pod.zone].filter(Boolean).join(' ');
    return [pod.name, [...(typeof state === 'string' ? [] : state), [`  ${place}`, 'muted']]];
  });
}
