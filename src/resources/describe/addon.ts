import { addonOf, addonState, compareVersions, newerVersion } from '../../domain/addon.ts';
import type { Cell } from '../../core/styled.ts';
import { addonHealth } from '../../domain/eks-health.ts';
import type { AddonRow, PodRow } from '../../domain/rows.ts';
import type { Query } from '../../ports/query.ts';
import { known, NONE, status, toned, UNKNOWN } from '../cells.ts';
import type { DescribeInput, RowContext, Section } from '../define.ts';
import { many, sections, when, type Line } from './common.ts';
import { documentLines } from './document.ts';
import { issuesSection } from './issues.ts';

/** Versions that are listed: who goes further back has a reason and knows the number. */
const MOST_VERSIONS = 12;

export function describeAddon({ row, query, ctx }: DescribeInput<AddonRow>): readonly Section[] {
  return sections(
    { title: 'Add-on', lines: summary(row, ctx) },
    issuesSection(row.health),
    { title: 'Identity', lines: identity(row) },
    { title: 'Configuration', lines: configuration(row) },
    { title: 'Versions', lines: versions(row) },
    { title: 'Workloads', lines: workloads(row, query) },
  );
}

function summary(row: AddonRow, ctx: RowContext): readonly Line[] {
  const newer = newerVersion(row);
  return [
    ['Name', toned(row.name, 'strong')],
    ['Status', status(addonState(row), addonHealth(row, ctx.now))],
    ['Version', row.version === '' ? NONE : row.version],
    ['Image', known(row.running?.join(', ') ?? null)],
    ...(row.origin === 'pods'
      ? []
      : ([
          ['Newest that fits', newer === null ? UNKNOWN : newer || toned('it has it', 'muted')],
          ['Default', known(row.versions === null ? null : row.defaultVersion)],
          ['With next Kubernetes', fitsText(row.fitsNext)],
          ['Publisher', known([row.publisher, row.owner].filter(Boolean).join(', '))],
          ['Created', when(row.created, ctx)],
          ['Changed', when(row.modified, ctx)],
        ] satisfies readonly Line[])),
    ['Pods', row.pods === null ? UNKNOWN : `${row.podsReady ?? '?'} of ${row.pods} ready`],
  ];
}

const fitsText = (fits: boolean | null) =>
  fits === null
    ? UNKNOWN
    : fits
      ? 'goes with it'
      : toned('does not go with it: update it before or after', 'warn');

function identity(row: AddonRow): readonly Line[] {
  if (row.origin === 'pods') return [];
  if (row.roleArn === '' && row.associations.length === 0)
    return [
      ['IAM role', toned('none of its own: what it asks of AWS it asks as the node', 'muted')],
    ];
  return [
    ...(row.roleArn === '' ? [] : ([['IAM role (IRSA)', row.roleArn]] as const)),
    ...(row.associations.length === 0 ? [] : many('Pod Identity', row.associations)),
  ];
}

function configuration({ configuration: text, origin }: AddonRow): readonly Line[] {
  if (origin === 'pods') return [];
  if (text.trim() === '') return [[['as EKS ships it', 'muted']]];
  return documentLines(text);
}

function versions(row: AddonRow): readonly Line[] {
  if (row.versions === null) return [];
  const lines = row.versions.slice(0, MOST_VERSIONS).map((version): Cell => {
    const notes = [
      version === row.version && 'installed',
      version === row.defaultVersion && 'default',
    ].filter((note) => note !== false);
    const isOlder = compareVersions(version, row.version) < 0;
    return [
      [version, isOlder ? 'muted' : 'text'],
      [notes.length === 0 ? '' : `  ${notes.join(', ')}`, 'accent'],
    ];
  });
  const more = row.versions.length - MOST_VERSIONS;
  return more > 0 ? [...lines, [[`and ${more} older`, 'muted']]] : lines;
}

/** What its pods belong to, with how many are ready. */
function workloads(row: AddonRow, query: Query): readonly Line[] {
  const byName = new Map<string, PodRow[]>();
  for (const pod of query.rows('pods')) {
    if (pod.gone > 0 || addonOf(pod)?.addon !== row.uid) continue;
    const name = `${pod.workloadKind.toLowerCase() || 'pod'}/${pod.workload || pod.name}`;
    byName.set(name, [...(byName.get(name) ?? []), pod]);
  }
  return [...byName].sort().map(([name, pods]): Line => {
    const ready = pods.filter(({ isReady }) => isReady).length;
    const account = pods[0]?.serviceAccount ?? '';
    return [
      name,
      [
        [`${ready} of ${pods.length} ready`, ready === pods.length ? 'text' : 'warn'],
        [account === '' ? '' : `  service account ${account}`, 'muted'],
      ],
    ];
  });
}
