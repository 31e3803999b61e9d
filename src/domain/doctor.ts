/**
 * What an operator would look at before going home: each check by what is read anyway, with what
 * mends it. What could not be read is said, and is no pass.
 */
import { newerVersion } from './addon.ts';
import { addonHealth, clusterHealth, nodeGroupHealth } from './eks-health.ts';
import { isProblem, nodeHealth, type Health } from './health.ts';
import { insightCause } from './insight.ts';
import type { ClusterRow } from './rows.ts';
import type { TableId, Tables } from './tables/index.ts';
import { minorVersion } from './version.ts';

/** How a check came out. */
export interface CheckResult {
  readonly id: string;
  /** What is checked, e.g. `add-ons are well`. */
  readonly title: string;
  /** `bad` is broken or blocks, `warn` needs a look, `unknown` could not be read. */
  readonly level: 'ok' | 'warn' | 'bad' | 'unknown';
  /** What was found, a line each; why it is not known. */
  readonly found: readonly string[];
  /** What mends it; empty where nothing is to mend. */
  readonly fix: string;
}

/** What checks look at. */
export interface DoctorFacts {
  readonly now: number;
  /** The cluster as EKS tells of it; null where it does not. */
  readonly cluster: ClusterRow | null;
  readonly rows: <T extends TableId>(table: T) => readonly Tables[T][];
  /** Why a table could not be read; empty where it was. */
  readonly unread: (table: TableId) => string;
}

/** The tables that checks look into. */
export const DOCTOR_NEEDS: readonly TableId[] = [
  'insights',
  'addons',
  'nodegroups',
  'accessentries',
  'configmaps',
  'nodes',
  'pods',
  'pdbs',
];

type Found = readonly (readonly [level: 'warn' | 'bad', text: string])[];

interface Check {
  readonly id: string;
  readonly title: string;
  readonly fix: string;
  /** It is about what EKS tells of the cluster itself. */
  readonly ofCluster?: boolean;
  readonly needs: readonly TableId[];
  readonly look: (facts: DoctorFacts) => Found;
}

/** All checks, in the order in which they are told. */
export function examine(facts: DoctorFacts): readonly CheckResult[] {
  return CHECKS.map(({ id, title, fix, needs, ofCluster, look }) => {
    const gaps = [
      ...(ofCluster === true && facts.cluster === null ? ['EKS does not tell of the cluster'] : []),
      ...needs.map((table) => facts.unread(table)).filter((reason) => reason !== ''),
    ];
    if (gaps.length > 0) return { id, title, level: 'unknown', found: [...new Set(gaps)], fix: '' };
    const found = look(facts);
    const level = found.some(([each]) => each === 'bad') ? 'bad' : found.length > 0 ? 'warn' : 'ok';
    return {
      id,
      title,
      level,
      found: found.map(([, text]) => text),
      fix: level === 'ok' ? '' : fix,
    };
  });
}

const problems = <Row extends { readonly name: string; readonly status: string }>(
  rows: readonly Row[],
  health: (row: Row) => Health,
): Found =>
  rows.flatMap((row) => {
    const { level, cause } = health(row);
    const text = `${row.name}: ${cause || row.status}`;
    return isProblem({ level, cause }) ? [[level === 'bad' ? 'bad' : 'warn', text] as const] : [];
  });

const warnIf = (is: boolean, text: string): Found => (is ? [['warn', text]] : []);

const ANYWHERE: ReadonlySet<string> = new Set(['0.0.0.0/0', '::/0']);
const minor = (version: string): number => Number(minorVersion(version).split('.')[1] ?? NaN);

const ofCluster = (look: (cluster: ClusterRow, now: number) => Found) => ({
  ofCluster: true,
  needs: [],
  look: ({ cluster, now }: DoctorFacts) => (cluster === null ? [] : look(cluster, now)),
});

const CHECKS: readonly Check[] = [
  {
    id: 'C1',
    title: 'the cluster is well and its version supported',
    fix: 'upgrade: :insights says what blocks it',
    ...ofCluster((cluster, now) => problems([cluster], (row) => clusterHealth(row, now))),
  },
  {
    id: 'C3',
    title: 'nothing blocks the next upgrade',
    fix: 'd on the insight says which client calls what, and what to use instead',
    needs: ['insights'],
    look: ({ rows }) =>
      rows('insights').flatMap((row): Found => {
        if (row.status !== 'ERROR' && row.status !== 'WARNING') return [];
        return [[row.status === 'ERROR' ? 'bad' : 'warn', `${row.name}: ${insightCause(row)}`]];
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
      rows('accessentries').flatMap(({ origin, name }): Found =>
        origin === 'aws-auth' ? [['warn', name]] : [],
      ),
  },
  {
    id: 'N1',
    title: 'kubelets are no more than two versions behind the control plane',
    fix: 'update the node groups before the control plane goes on',
    ofCluster: true,
    needs: ['nodes'],
    look: ({ cluster, rows }) =>
      rows('nodes').flatMap(({ name, version }): Found => {
        const behind = minor(cluster?.version ?? '') - minor(version);
        const text = `${name} is ${version}, the control plane ${cluster?.version ?? '?'}`;
        if (behind < 0 || behind > 3) return [['bad', text]];
        return behind >= 2 ? [['warn', text]] : [];
      }),
  },
  {
    id: 'N2',
    title: 'node groups are well',
    fix: 'd on the group has what EKS says in full',
    needs: ['nodegroups'],
    look: ({ rows, now }) => problems(rows('nodegroups'), (row) => nodeGroupHealth(row, now)),
  },
  {
    id: 'N6',
    title: 'no group is at its maximum while pods wait for a node',
    fix: 's on the group raises the maximum',
    needs: ['nodegroups', 'pods'],
    look: ({ rows }) => {
      const waits = rows('pods').some(({ phase, node }) => phase === 'Pending' && node === '');
      return rows('nodegroups').flatMap(({ name, desired, max }): Found =>
        waits && max !== null && max > 0 && desired === max
          ? [['warn', `${name}: ${max} of ${max}`]]
          : [],
      );
    },
  },
  {
    id: 'N9',
    title: 'nodes are well',
    fix: 'W on the node says why it is not',
    needs: ['nodes'],
    look: ({ rows, now }) => problems(rows('nodes'), (row) => nodeHealth(row, now)),
  },
  {
    id: 'A2',
    title: 'add-ons are well, and go with the version of the cluster',
    fix: 'u on the add-on updates it',
    needs: ['addons'],
    look: ({ rows, now }) => problems(rows('addons'), (row) => addonHealth(row, now)),
  },
  {
    id: 'A3',
    title: 'EKS keeps the add-ons that every cluster has',
    fix: 'aws eks create-addon --resolve-conflicts OVERWRITE takes one over',
    needs: ['addons', 'pods'],
    look: ({ rows }) =>
      rows('addons').flatMap(({ name, selfManaged, running }): Found =>
        selfManaged === true
          ? [['warn', `${name} is self-managed, ${running?.join(' ') ?? '?'}`]]
          : [],
      ),
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
        return [['warn', `${row.name} ${row.version} does not${text}`]];
      }),
  },
  {
    id: 'W3',
    title: 'budgets let pods be moved',
    fix: 'more replicas, or a budget that allows one less: a node cannot be drained else',
    needs: ['pdbs'],
    look: ({ rows }) =>
      rows('pdbs').flatMap(({ namespace, name, allowed, expected }): Found =>
        allowed === 0 && expected > 0
          ? [['warn', `${namespace}/${name} allows none of ${expected}`]]
          : [],
      ),
  },
];
