import type { Cell } from '../core/styled.ts';
import { calmHealth, type Health } from '../domain/health.ts';
import { refOf } from '../domain/ref.ts';
import { policed, type NetworkPolicyRow } from '../domain/tables/networkpolicies.ts';
import { hasEnded } from '../domain/workload-pods.ts';
import { muted, status, UNKNOWN } from './cells.ts';
import { bySeverity } from './severity.ts';
import {
  ageColumn,
  countColumn,
  labelsColumn,
  nameColumn,
  namespaceColumn,
  textColumn,
} from './columns.ts';
import {
  defineResource,
  type Column,
  type DescribeInput,
  type RowContext,
  type Section,
} from './define.ts';
import { eventsSection, identityLines, metadataLines, sections } from './describe/common.ts';
import { enforcementText, policyText, ruleLines } from './describe/network-policies.ts';
import { podsSection } from './describe/pods.ts';
import { enterPods } from './links.ts';

/** A policy that selects pods and is not enforced promises what is not so. */
function health(row: NetworkPolicyRow, ctx: RowContext): Health {
  const calm = calmHealth(row, ctx.now);
  if (calm.level !== 'ok' || row.selected === 0) return calm;
  if (row.enforcer === '') return { level: 'warn', cause: 'agent off in aws-node' };
  const fargate = row.onFargate ?? 0;
  if (fargate === 0) return calm;
  const cause = isAllOnFargate(row) ? 'its pods are on Fargate' : `not for ${fargate} on Fargate`;
  return { level: 'warn', cause };
}

const isAllOnFargate = ({ selected, onFargate }: NetworkPolicyRow): boolean =>
  onFargate !== null && onFargate > 0 && onFargate === selected;

function enforcedCell(row: NetworkPolicyRow, ctx: RowContext): Cell {
  const enforcer = isAllOnFargate(row) ? '' : row.enforcer;
  const found = health(row, ctx);
  if (found.level !== 'ok') return status(enforcer === null ? '?' : enforcer || 'nobody', found);
  return enforcer === null ? UNKNOWN : muted(enforcer || 'nobody');
}

const columns: readonly Column<NetworkPolicyRow>[] = [
  namespaceColumn(),
  nameColumn(14, health, { quiet: ({ selected }) => selected === 0 }),
  countColumn(
    {
      id: 'selected',
      title: 'PODS',
      description: 'Pods that it selects.',
      tier: 0,
      needs: ['pods'],
    },
    ({ selected }) => selected,
  ),
  textColumn(
    {
      id: 'allows',
      title: 'ALLOWS',
      description: 'What it lets in and out of the pods that it selects.',
      tier: 0,
      min: 14,
      max: 120,
      grow: 2,
    },
    policyText,
  ),
  {
    id: 'enforcer',
    title: 'ENFORCED BY',
    tells: 'state',
    description:
      'Who enforces policies in the cluster; a policy that nobody enforces is a problem.',
    tier: 0,
    min: 22,
    max: 60,
    grow: 1,
    sortKey: 'S',
    sortBy: bySeverity(({ enforcer }) => enforcer, health),
    needs: ['daemonsets'],
    value: ({ enforcer }) => enforcer,
    cell: enforcedCell,
  },
  textColumn(
    {
      id: 'selector',
      title: 'POD-SELECTOR',
      description: 'Labels of the pods that it selects; none: every pod of the namespace.',
      tier: 1,
      max: 80,
      cell: ({ selector }) => muted(selector || '<none>'),
    },
    ({ selector }) => selector,
  ),
  ageColumn(),
  labelsColumn(),
];

function describe({
  row,
  object,
  events,
  query,
  ctx,
}: DescribeInput<NetworkPolicyRow>): readonly Section[] {
  const selects = policed(row);
  const pods = [...query.rows('pods')].filter(
    (pod) => pod.gone === 0 && !hasEnded(pod) && selects(pod),
  );
  return sections(
    {
      title: 'Network policy',
      lines: [
        ...identityLines(row, ctx),
        ['Selects', row.selector || 'every pod of the namespace'],
        ...ruleLines('Lets in', row.ingress),
        ...ruleLines('Lets out', row.egress),
        ['Enforced by', enforcementText(row)],
        ...metadataLines(object),
      ],
    },
    pods.length === 0 && query.status('pods').synced
      ? { title: 'Pods (0)', lines: [muted('it selects none: nothing changes by it')] }
      : podsSection(pods, ctx),
    eventsSection(events, ctx),
  );
}

export const networkpolicies = defineResource({
  id: 'networkpolicies',
  title: 'Network policies',
  singular: 'networkpolicy',
  aliases: ['netpol'],
  description: 'Network policies: which pods they select, what they allow, and who enforces them.',
  table: 'networkpolicies',
  scope: 'namespaced',
  columns,
  sort: { column: 'namespace', descending: false },
  health,
  enter: enterPods<NetworkPolicyRow>('pods that it selects', policed),
  ref: (row) => refOf('networkpolicies', row),
  pods: policed,
  describe,
  describeNeeds: ['pods', 'daemonsets'],
  iam: [],
  empty: 'No network policies: every pod may reach every other',
});
