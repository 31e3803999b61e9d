/** The checks, each by what is read anyway, with what mends what it finds. */
import { newerVersion } from '../addon.ts';
import {
  ENDED,
  gapWords,
  isEnded,
  isFarBehind,
  releaseGap,
  releaseOfGroup,
} from '../ami-release.ts';
import { addonHealth, clusterHealth, nodeGroupHealth } from '../eks-health.ts';
import { isProblem, nodeHealth, type Health } from '../health.ts';
import { insightCause } from '../insight.ts';
import type { BaseRow, ClusterRow } from '../rows.ts';
import type { FindingPlace } from '../tables/checks.ts';
import type { TableId, Tables } from '../tables/index.ts';
import { minorsBehind } from '../version.ts';
import type { Check, DoctorFacts, Finding } from './check.ts';

type Found = readonly Finding[];

/** What is wrong with rows of a table, by its health. */
const problems = <T extends 'addons' | 'clusters' | 'nodegroups' | 'nodes'>(
  table: T,
  rows: readonly Tables[T][],
  health: (row: Tables[T]) => Health,
): Found =>
  rows.flatMap((row) => {
    const { level, cause } = health(row);
    const text = `${row.name}: ${cause || row.status}`;
    if (!isProblem({ level, cause })) return [];
    return [{ level: level === 'bad' ? 'bad' : 'warn', text, at: placeOf(table, row) }];
  });

const placeOf = (table: TableId, { uid, name }: BaseRow): FindingPlace => ({ table, uid, name });

const warn = (text: string, at: FindingPlace | null = null): Finding => ({
  level: 'warn',
  text,
  at,
});

const warnIf = (is: boolean, text: string): Found => (is ? [warn(text)] : []);

const ANYWHERE: ReadonlySet<string> = new Set(['0.0.0.0/0', '::/0']);

const ofCluster = (look: (cluster: ClusterRow, now: number) => Found) => ({
  ofCluster: true,
  needs: [],
  look: ({ cluster, now }: DoctorFacts) => (cluster === null ? [] : look(cluster, now)),
});

/** All checks, in the order in which they are told. */
export const CHECKS: readonly Check[] = [
  {
    id: 'C1',
    title: 'the cluster is well and its version supported',
    fix: 'upgrade: :insights says what blocks it',
    ...ofCluster((cluster, now) =>
      problems('clusters', [cluster], (row) => clusterHealth(row, now)).map((each) => ({
        ...each,
        at: null,
      })),
    ),
  },
  {
    id: 'C3',
    title: 'nothing blocks the next upgrade',
    fix: 'd on the insight says which client calls what, and what to use instead',
    needs: ['insights'],
    look: ({ rows }) =>
      rows('insights').flatMap((row): Found => {
        if (row.status !== 'ERROR' && row.status !== 'WARNING') return [];
        return [
          {
            level: row.status === 'ERROR' ? 'bad' : 'warn',
            text: `${row.name}: ${insightCause(row)}`,
            at: placeOf('insights', row),
          },
        ];
      }),
  },
  {
    id: 'C5',
    title: 'the public endpoint is not open to everybody',
    fix: 'aws eks update-cluster-config --resources-vpc-config publicAccessCidrs=…, or private access alone',
    ...ofCluster(({ endpointPublic, publicCidrs }) =>
      warnIf(
        endpointPublic === true && publicCidrs.some((cidr) => ANYWHERE.has(cidr)),
        `it is open to ${publicCidrs.join(', ')}`,
      ),
    ),
  },
  {
    id: 'C6',
    title: 'who did what is logged (audit, authenticator)',
    fix: 'aws eks update-cluster-config --logging …: EKS writes them to CloudWatch',
    ...ofCluster(({ logging }) => {
      const off = ['audit', 'authenticator'].filter((kind) => logging?.includes(kind) === false);
      return warnIf(off.length > 0, `off: ${off.join(', ')}`);
    }),
  },
  {
    id: 'C10',
    title: 'nobody comes in by aws-auth alone',
    fix: 'make an access entry for it, then take it out of the config map',
    needs: ['accessentries', 'configmaps'],
    look: ({ rows }) =>
      rows('accessentries').flatMap((row): Found =>
        row.origin === 'aws-auth' ? [warn(row.name, placeOf('accessentries', row))] : [],
      ),
  },
  {
    id: 'N1',
    title: 'kubelets are no more than one version behind the control plane',
    fix: 'update the node groups before the control plane goes on',
    ofCluster: true,
    needs: ['nodes'],
    look: ({ cluster, rows }) =>
      rows('nodes').flatMap((row): Found => {
        const behind = minorsBehind(row.version, cluster?.version ?? '');
        const text = `${row.name} is ${row.version}, the control plane ${cluster?.version ?? '?'}`;
        const at = placeOf('nodes', row);
        if (behind < 0 || behind > 3) return [{ level: 'bad', text, at }];
        return behind >= 2 ? [warn(text, at)] : [];
      }),
  },
  {
    id: 'N2',
    title: 'node groups are well',
    fix: 'd on the group has what EKS says in full',
    needs: ['nodegroups'],
    look: ({ rows, now }) =>
      problems('nodegroups', rows('nodegroups'), (row) => nodeGroupHealth(row, now)),
  },
  {
    id: 'N3',
    title: 'AMIs of nodes are no more than a month behind the latest release',
    fix: 'u on a managed group brings its nodes to the latest release, one after another; of the others replace the nodes with a newer image in their launch template or node class',
    needs: ['nodegroups', 'nodes', 'instances'],
    look: ({ rows, now }) =>
      rows('nodegroups').flatMap((row): Found => {
        const released = releaseOfGroup(row);
        if (released === null || released === 'none') return [];
        const at = placeOf('nodegroups', row);
        if (isEnded(released)) return [warn(`${row.name}: ${ENDED}`, at)];
        const gap = releaseGap(released, now);
        if (!isFarBehind(gap)) return [];
        const words = gapWords(gap, released.latestRelease);
        return [warn(`${row.name}: ${released.release} is ${words}`, at)];
      }),
    blind: ({ rows, now }) => {
      const groups = rows('nodegroups').map((row) => ({ row, released: releaseOfGroup(row) }));
      const unseen = groups.filter(({ released }) => released === null);
      const unknown = groups.filter(
        ({ released }) =>
          released !== null && released !== 'none' && releaseGap(released, now).state === 'unknown',
      );
      const names = (some: typeof groups): string => some.map(({ row }) => row.name).join(', ');
      return [
        unseen.length === 0
          ? ''
          : `the images of ${names(unseen)} are not known (ec2:DescribeImages)`,
        unknown.length === 0
          ? ''
          : `the latest release is not known of ${names(unknown)} (ssm:GetParameters)`,
      ]
        .filter((text) => text !== '')
        .join('; ');
    },
  },
  {
    id: 'N6',
    title: 'no group is at its maximum while pods wait for a node',
    fix: 's on the group raises the maximum',
    needs: ['nodegroups', 'pods'],
    look: ({ rows }) => {
      const waits = rows('pods').some(({ phase, node }) => phase === 'Pending' && node === '');
      return rows('nodegroups').flatMap((row): Found => {
        const { name, desired, max } = row;
        return waits && max !== null && max > 0 && desired === max
          ? [warn(`${name}: ${max} of ${max}`, placeOf('nodegroups', row))]
          : [];
      });
    },
  },
  {
    id: 'N9',
    title: 'nodes are well',
    fix: 'W on the node says why it is not',
    needs: ['nodes'],
    look: ({ rows, now }) => problems('nodes', rows('nodes'), (row) => nodeHealth(row, now)),
  },
  {
    id: 'A2',
    title: 'add-ons are well, and go with the version of the cluster',
    fix: 'u on the add-on updates it',
    needs: ['addons'],
    look: ({ rows, now }) => problems('addons', rows('addons'), (row) => addonHealth(row, now)),
  },
  {
    id: 'A3',
    title: 'EKS keeps the add-ons that every cluster has',
    fix: 'aws eks create-addon --resolve-conflicts OVERWRITE takes one over',
    needs: ['addons', 'pods'],
    look: ({ rows }) =>
      rows('addons').flatMap((row): Found => {
        const running = row.running?.join(' ') ?? '?';
        return row.selfManaged === true
          ? [warn(`${row.name} is self-managed, ${running}`, placeOf('addons', row))]
          : [];
      }),
  },
  {
    id: 'A4',
    title: 'add-ons go with the next version of Kubernetes',
    fix: 'u on the add-on updates it',
    needs: ['addons'],
    look: ({ rows }) =>
      rows('addons').flatMap((row): Found => {
        if (row.fitsNext !== false) return [];
        const newer = newerVersion(row);
        const text = newer ? `: ${newer} is there` : '';
        return [warn(`${row.name} ${row.version} does not${text}`, placeOf('addons', row))];
      }),
  },
  {
    id: 'W3',
    title: 'budgets let pods be moved',
    fix: 'more replicas, or a budget that allows one less: a node cannot be drained else',
    needs: ['pdbs'],
    look: ({ rows }) =>
      rows('pdbs').flatMap((row): Found => {
        const { namespace, name, allowed, expected, failure } = row;
        if (allowed > 0 || (expected === 0 && failure === '')) return [];
        const which = failure === '' ? `none of ${expected}` : `none: ${failure}`;
        return [warn(`${namespace}/${name} allows ${which}`, placeOf('pdbs', row))];
      }),
  },
];
