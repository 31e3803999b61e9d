import type { Cell } from '../../core/styled.ts';
import { clusterHealth } from '../../domain/eks-health.ts';
import type { ClusterRow } from '../../domain/rows.ts';
import { day, known, status, toned } from '../cells.ts';
import type { DescribeInput, RowContext, Section } from '../define.ts';
import { many, pairs, sections, UNKNOWN, when, type Line } from './common.ts';
import { orHere } from '../sign-in-words.ts';
import { issuesSection } from './issues.ts';

export function describeCluster({ row, ctx }: DescribeInput<ClusterRow>): readonly Section[] {
  const isEks = row.source !== 'context';
  // Of what could not be read nothing is told, not even that it is not so.
  const isRead = isEks && row.status !== '';
  return sections(
    {
      title: 'Cluster',
      lines: [
        ['Name', toned(row.name, 'strong')],
        ['Status', status(isEks ? row.status : 'context', clusterHealth(row, ctx.now))],
        ['Version', row.version === '' ? UNKNOWN : row.version],
        ['Context', known(row.context)],
        ['Endpoint', known(row.endpoint)],
        ['Nodes', known(row.nodes)],
        ['Pods', known(row.pods)],
        ...(row.error === '' ? [] : [['Not known', toned(row.error, 'warn')] as const]),
        ...(row.errorHint === '' ? [] : [['What to do', orHere(row.errorHint)] as const]),
      ],
    },
    { title: 'AWS', lines: isEks ? awsLines(row, ctx) : [] },
    { title: 'Control plane', lines: isRead ? controlPlaneLines(row) : [] },
    { title: 'Network', lines: isRead ? networkLines(row) : [] },
    issuesSection(row.health),
    { title: 'Tags', lines: Object.keys(row.tags).length === 0 ? [] : pairs('Tags', row.tags) },
  );
}

function awsLines(row: ClusterRow, ctx: RowContext): readonly Line[] {
  return [
    ['ARN', known(row.id.startsWith('arn:') ? row.id : null)],
    ['Region', row.region],
    ['Account', known(row.account)],
    ['Profile', known(row.profile)],
    ['Platform version', known(row.platformVersion)],
    ['Standard support', support(row.standardSupportEnd, ctx)],
    ['Extended support', support(row.extendedSupportEnd, ctx)],
    ['When standard ends', policyText(row)],
    ['Costs', priceText(row, ctx)],
    ['Created', when(row.created, ctx)],
  ];
}

/** What becomes of the cluster when standard support ends, as its upgrade policy says. */
function policyText({ supportType }: ClusterRow): Cell {
  if (supportType === 'STANDARD') return 'AWS upgrades it by itself (policy STANDARD)';
  return supportType === 'EXTENDED'
    ? 'it goes into extended support, at extra cost (policy EXTENDED)'
    : known(supportType || null);
}

/** Of a control plane, by list in November 2026; extended support is told apart. */
const HOUR_USD = { standard: 0.1, extended: 0.6 };

function priceText(
  { standardSupportEnd: end, supportType }: ClusterRow,
  { now }: RowContext,
): Cell {
  const standard = `$${HOUR_USD.standard.toFixed(2)} an hour`;
  const extended = `$${HOUR_USD.extended.toFixed(2)} an hour`;
  if (end === null) return UNKNOWN;
  // By its policy AWS upgrades it before it would cost more.
  if (supportType === 'STANDARD') return standard;
  return now > end
    ? [
        [`${extended} in extended support`, 'warn'],
        [`, ${standard} before; list prices of 2026-11`, 'muted'],
      ]
    : [
        [standard, 'text'],
        [`, ${extended} from ${day(end)} on; list prices of 2026-11`, 'muted'],
      ];
}

const LOGS = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'];

function controlPlaneLines(row: ClusterRow): readonly Line[] {
  const { logging } = row;
  const off = LOGS.filter((each) => logging?.includes(each) === false);
  return [
    [
      'Logs',
      logging === null
        ? UNKNOWN
        : [
            [logging.join(', ') || 'none', logging.length === 0 ? 'warn' : 'text'],
            [off.length === 0 || logging.length === 0 ? '' : `  off: ${off.join(', ')}`, 'muted'],
          ],
    ],
    [
      'Secrets encrypted',
      row.keyArn === '' ? toned("with EKS's own key", 'muted') : `with ${row.keyArn}`,
    ],
    ['Authentication', known(row.authenticationMode || null)],
    ['Deletion protection', yesNo(row.deletionProtection)],
    ['Zonal shift', yesNo(row.zonalShift)],
    ['Auto Mode', row.autoMode ? 'yes' : 'no'],
    ['IAM role', known(row.roleArn || null)],
    ['OIDC issuer', known(row.issuer)],
  ];
}

function networkLines(row: ClusterRow): readonly Line[] {
  return [
    ['Public endpoint', publicText(row)],
    ['Private endpoint', yesNo(row.endpointPrivate)],
    ['VPC', known(row.vpcId || null)],
    ...many('Subnets', row.subnets),
    ...many('Security groups', row.securityGroups),
    ['Services', known(row.serviceCidr || null)],
  ];
}

const ANYWHERE: ReadonlySet<string> = new Set(['0.0.0.0/0', '::/0']);

function publicText({ endpointPublic, publicCidrs }: ClusterRow): Cell {
  if (endpointPublic !== true) return yesNo(endpointPublic);
  const open = publicCidrs.some((cidr) => ANYWHERE.has(cidr));
  return open
    ? toned(`from anywhere: ${publicCidrs.join(', ')}`, 'warn')
    : `from ${publicCidrs.join(', ') || '?'}`;
}

const DAY = 86_400_000;

function support(end: number | null, { now }: RowContext): Cell {
  if (end === null) return UNKNOWN;
  const days = Math.ceil((end - now) / DAY);
  return days > 0
    ? [
        [`until ${day(end)}`, 'text'],
        [`  ${days} days`, days < 90 ? 'warn' : 'muted'],
      ]
    : toned(`ended on ${day(end)}`, 'warn');
}

function yesNo(value: boolean | null): Cell {
  return value === null ? UNKNOWN : value ? 'yes' : 'no';
}
