import type { Cell } from '../../core/styled.ts';
import { entries } from '../../core/json.ts';
import { ingressBalancer } from '../../domain/load-balancer.ts';
import type { IngressBackend, IngressRow } from '../../domain/tables/ingresses.ts';
import { toned } from '../cells.ts';
import type { DescribeInput, Section } from '../define.ts';
import { backendState } from './backend-state.ts';
import { balancerLinesOf, ingressTargetsSections, targetsLine } from './balancer.ts';
import { namesLines } from './names.ts';
import {
  departure,
  eventsSection,
  many,
  metadataLines,
  NONE,
  sections,
  UNKNOWN,
  when,
  type Line,
} from './common.ts';

export function describeIngress(input: DescribeInput<IngressRow>): readonly Section[] {
  const { row, object, events, ctx } = input;
  const aws = entries(object?.metadata.annotations).filter(([key]) =>
    key.startsWith('alb.ingress.kubernetes.io/'),
  );
  return sections(
    {
      title: 'Ingress',
      lines: [
        ['Name', toned(row.name, 'strong')],
        ['Namespace', row.namespace],
        ...departure(row, ctx),
        ['Class', classText(row)],
        ['Controller', row.controller === '' ? UNKNOWN : row.controller],
        ['Load balancer', ingressBalancer(row) || 'none of its own: a proxy serves it'],
        ['Address', row.address === '' ? toned('none yet', 'warn') : row.address],
        ...namesLines(row.address, row.names, object, input.query),
        ...targetsLine(row.targets),
        ['Created', when(row.created, ctx)],
        ...many(
          'TLS',
          row.tls.map(
            ({ hosts, secretName }) =>
              `${hosts.join(', ') || 'any host'} by ${secretName === '' ? 'the controller' : `secret ${secretName}`}`,
          ),
        ),
        ...metadataLines(object),
      ],
    },
    { title: 'Rules', lines: row.backends.map((backend) => ruleLine(backend, input)) },
    {
      title: 'AWS',
      lines: [
        ...balancerLinesOf(row.address, input.query),
        ...aws.map(([key, value]): Line => [key.slice(key.indexOf('/') + 1), value]),
      ],
    },
    ...ingressTargetsSections(row, input.query),
    eventsSection(events, ctx),
  );
}

function classText({ className, defaultClass }: IngressRow): Cell {
  if (className !== '') return className;
  return defaultClass === '' ? NONE : `${defaultClass}, the default of the cluster`;
}

/** `shop.example.com/api` to `api:80`, with its ready endpoints. */
function ruleLine(backend: IngressBackend, { row, query, ctx }: DescribeInput<IngressRow>): Line {
  const { host, path, pathType, service: name, port, resource } = backend;
  const from = path === '' ? 'all else' : `${host || '*'}${path}`;
  const how = pathType === '' || pathType === 'Prefix' ? '' : `  ${pathType}`;
  if (name === '') return [from, [[`${resource}${how}`, 'text']]];
  return [
    from,
    [
      [`${name}${port === '' ? '' : `:${port}`}`, 'accent'],
      [`${how}  `, 'muted'],
      ...backendState(row.namespace, name, query, ctx),
    ],
  ];
}
