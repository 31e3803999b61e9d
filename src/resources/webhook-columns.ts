/** What the panes of the two kinds of admission webhook configurations have in common. */
import type { Cell } from '../core/styled.ts';
import type {
  AdmissionHook,
  WebhookConfigurationRow,
} from '../domain/tables/webhook-configuration.ts';
import { silenceText, webhookHealth, worstFirst } from '../domain/webhooks.ts';
import { muted, NONE, status, toned, UNKNOWN } from './cells.ts';
import { bySeverity } from './severity.ts';
import { ageColumn, countColumn, labelsColumn, nameColumn, textColumn } from './columns.ts';
import type { Column, DescribeInput, RowContext, Section } from './define.ts';
import { metadataLines, sections, when, type Line } from './describe/common.ts';

type Row = WebhookConfigurationRow;

/** Whether somebody answers. */
export const health = (row: Row, ctx: RowContext) => webhookHealth(row, ctx.now);

/** Tables that tell whether somebody answers. */
const NEEDS = ['services', 'endpointslices'] as const;

/** Who is asked: `kube-system/webhook:443`, or the URL. */
const target = ({ service, port, url }: AdmissionHook): string =>
  service === '' ? url : `${service}:${port}`;

const unique = (texts: readonly string[]): string => [...new Set(texts)].join(', ');

const targets = ({ hooks }: Row): string => unique(hooks.map(target));

const policies = ({ hooks }: Row): string =>
  unique(hooks.map(({ isNeeded }) => (isNeeded ? 'Fail' : 'Ignore')));

/** Ready endpoints, with what is wrong where there are none: `✗ 0 service a/b has no ready endpoint`. */
function endpoints(row: Row, ctx: RowContext): Cell {
  if (row.hooks.every(({ service }) => service === '')) return NONE;
  if (row.endpointsReady === null) return UNKNOWN;
  return status(String(row.endpointsReady), health(row, ctx));
}

/** The longest that a write may wait for all of them (s): they are asked one after the other, or together. */
const slowest = ({ hooks }: Row): number => Math.max(0, ...hooks.map(({ timeout }) => timeout));

/** The columns of both panes. */
export const columns: readonly Column<Row>[] = [
  nameColumn(20, health),
  countColumn(
    {
      id: 'hooks',
      title: 'HOOKS',
      tells: 'identity',
      description: 'Webhooks that it has.',
      tier: 1,
    },
    ({ hooks }) => hooks.length,
  ),
  {
    id: 'endpointsReady',
    title: 'ENDPOINTS',
    tells: 'state',
    description:
      'Ready endpoints of the services that answer, and what fails where there are none.',
    tier: 0,
    min: 28,
    max: 110,
    grow: 3,
    sortKey: 'S',
    sortBy: bySeverity(({ endpointsReady }) => endpointsReady, health),
    needs: NEEDS,
    value: ({ endpointsReady }) => endpointsReady,
    cell: endpoints,
  },
  textColumn(
    {
      id: 'policy',
      title: 'ON-FAILURE',
      description:
        'What becomes of a write without an answer: Fail refuses it, Ignore lets it pass.',
      tier: 0,
      min: 10,
      max: 14,
    },
    policies,
  ),
  textColumn(
    {
      id: 'service',
      copies: 'who is asked',
      title: 'ASKS',
      description: 'Services, or URLs, that are asked.',
      tier: 1,
      min: 16,
      max: 80,
      grow: 1,
      cut: 'middle',
      cell: (row) => muted(targets(row)),
    },
    targets,
  ),
  countColumn(
    {
      id: 'timeout',
      title: 'TIMEOUT',
      tells: 'identity',
      description: 'The longest that one of them may keep a write waiting, in seconds.',
      tier: 1,
      cell: (row) => muted(`${slowest(row)}s`),
    },
    slowest,
  ),
  ageColumn(),
  textColumn(
    {
      id: 'rules',
      title: 'RULES',
      description: 'Which writes they are asked about.',
      tier: 2,
      max: 120,
      cell: (row) => muted(rules(row)),
    },
    rules,
  ),
  labelsColumn(),
];

function rules({ hooks }: Row): string {
  return [...new Set(hooks.flatMap((hook) => hook.rules))].join('; ');
}

/** A configuration with each of its hooks, and what nobody answers for. */
export function describe({ row, object, ctx }: DescribeInput<Row>): readonly Section[] {
  const silent = worstFirst(row.silent ?? []);
  return sections(
    {
      title: 'Webhooks',
      lines: [
        ['Name', toned(row.name, 'strong')],
        ...silent.map((hook): Line => [
          'Nobody answers',
          toned(silenceText(hook), hook.isNeeded ? 'bad' : 'warn'),
        ]),
        ['Created', when(row.created, ctx)],
        ...metadataLines(object),
      ],
    },
    ...row.hooks.map((hook) => ({
      title: hook.name,
      lines: [
        ['Asks', target(hook)],
        ['About', hook.rules.join('; ') || 'nothing: it has no rules'],
        ['In namespaces', hook.namespaces === '' ? 'all' : `with ${hook.namespaces}`],
        [
          'Without an answer',
          `${hook.isNeeded ? 'the write fails' : 'the write goes on'} after ${hook.timeout} s`,
        ],
      ] as const,
    })),
  );
}

/** The pane with the services that answer. */
export const toServices = ({ hooks, name }: Row) => {
  const asked = new Set(hooks.map(({ service }) => service));
  return {
    label: name,
    only: (service: { readonly namespace: string; readonly name: string }): boolean =>
      asked.has(`${service.namespace}/${service.name}`),
  };
};
