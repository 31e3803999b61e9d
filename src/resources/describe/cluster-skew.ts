/** How far the nodes of a cluster are behind its control plane, by their groups. */
import type { Cell } from '../../core/styled.ts';
import { distinct } from '../../core/collect.ts';
import { hintOf, reasonOf } from '../../core/words.ts';
import { groupNameOf } from '../../domain/compute.ts';
import type { ClusterRow, NodeRow } from '../../domain/rows.ts';
import { SKEW } from '../../domain/upgrade.ts';
import { minorsBehind, minorVersion } from '../../domain/version.ts';
import { toned } from '../cells.ts';
import type { Asking, Questions, Section } from '../define.ts';
import { clusterAccess } from './cluster-access.ts';
import type { Line } from './common.ts';

const IAM = ['eks:ListNodegroups', 'eks:DescribeNodegroup'] as const;

/** What the description of a cluster asks: who the caller is to it, and how its groups stand to it. */
export const clusterQuestions: Questions<ClusterRow> = {
  title: clusterAccess.title,
  iam: [...clusterAccess.iam, ...IAM],
  sections: async (row, ask) => {
    const [access, skew] = await Promise.allSettled([
      clusterAccess.sections(row, ask),
      skewLines(row, ask),
    ]);
    if (access.status === 'rejected' && skew.status === 'rejected') throw access.reason;
    const groups: Section = {
      title: 'Versions of its nodes',
      lines: skew.status === 'fulfilled' ? skew.value : [unread(skew.reason)],
    };
    return [
      ...(access.status === 'fulfilled'
        ? access.value
        : [{ title: clusterAccess.title, lines: [unread(access.reason)] }]),
      ...(groups.lines.length === 0 ? [] : [groups]),
    ];
  },
};

const unread = (error: unknown): Cell => [
  ['? ', 'warn'],
  [[reasonOf(error), hintOf(error)].filter(Boolean).join(' · '), 'text'],
];

/** A group, what it is to start nodes of, and what its nodes are. */
interface Group {
  readonly name: string;
  /** Empty where nothing but its nodes has one. */
  readonly version: string;
  readonly kubelets: readonly string[];
}

async function skewLines(
  { version }: ClusterRow,
  { eks, query, call }: Asking,
): Promise<readonly Line[]> {
  const clusterName = eks.name;
  const { nodegroups } = await call('eks:ListNodegroups', { clusterName });
  const described = await Promise.all(
    nodegroups.map((nodegroupName) =>
      call('eks:DescribeNodegroup', { clusterName, nodegroupName }),
    ),
  );
  // Of a cluster that is not connected to, only EKS tells.
  const nodes = query.status('nodes').synced
    ? [...query.rows('nodes')].filter(({ gone }) => gone === 0)
    : [];
  const byGroup = Map.groupBy(nodes, ({ compute, group }) => `${compute}/${group}`);
  const managed = nodegroups.map((name, i): Group => {
    const uid = `managed/${name}`;
    const kubelets = kubeletsOf(byGroup.get(uid) ?? []);
    byGroup.delete(uid);
    return { name, version: described[i]?.nodegroup.version ?? '', kubelets };
  });
  const others = [...byGroup].map(([uid, of]): Group => ({
    name: groupNameOf(uid),
    version: '',
    kubelets: kubeletsOf(of),
  }));
  const groups = [...managed, ...others].filter(({ name }) => name !== '');
  if (groups.length === 0) return [];
  return [
    ['Control plane', minorVersion(version) || '?'],
    ...groups.map((group): Line => [group.name, groupText(group, version)]),
  ];
}

const kubeletsOf = (nodes: readonly NodeRow[]): readonly string[] =>
  distinct(nodes.map((node) => minorVersion(node.version)));

/** `1.34, 1 behind`; the kubelets where they are of other versions than the group. */
function groupText({ version, kubelets }: Group, plane: string): Cell {
  const all = distinct([version, ...kubelets]);
  if (all.length === 0) return toned('?', 'muted');
  const behind = Math.max(...all.map((each) => minorsBehind(each, plane)));
  const ahead = Math.min(...all.map((each) => minorsBehind(each, plane)));
  const others = kubelets.filter((each) => each !== version);
  const run = version !== '' && others.length > 0 ? `, nodes of ${others.join(' and ')} still` : '';
  const shown = version || kubelets.join(' and ');
  if (ahead < 0)
    return toned(`${shown}${run}: ahead of the control plane, which is not supported`, 'bad');
  if (behind === 0 || Number.isNaN(behind)) return [[`${shown}${run}`, 'text']];
  const far = behind >= SKEW;
  return [
    [`${shown}${run}`, 'text'],
    [`  ${behind} behind`, far ? 'warn' : 'muted'],
    [far ? ': the control plane cannot go on before it does' : '', 'warn'],
  ];
}
