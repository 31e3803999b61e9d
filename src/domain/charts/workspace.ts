/** Which workspace of Amazon Managed Service for Prometheus has the metrics of a cluster. */
import type { LabelValue } from './promql.ts';

/** A workspace, as far as it tells whose it is. */
export interface Workspace {
  /** `ws-…` */
  readonly id: string;
  readonly arn: string;
  /** Where it is; empty: in the region of the cluster. */
  readonly region: string;
  /** What people call it; may be empty. */
  readonly alias: string;
  readonly isActive: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/** A managed collector: from which cluster it sends into which workspace. */
export interface Scraper {
  readonly id: string;
  readonly isActive: boolean;
  readonly clusterArn: string;
  readonly workspaceArn: string;
}

/** The id and the region in the ARN of a workspace. */
const ARN = /^arn:[^:]+:aps:([a-z]{2}[a-z0-9-]{1,30}):[^:]*:workspace\/(ws-[^:/]+)$/;

/** Why a workspace that somebody named cannot be taken, and what to do. */
export interface Refusal {
  readonly reason: string;
  readonly hint: string;
}

/**
 * The workspace that somebody named for a cluster. One in another region is named by its ARN.
 *
 * @param named its id, its ARN or its alias
 * @param list all that there are in the region of the cluster: asked for where an alias is all that is known
 */
export async function workspaceNamed(
  named: string,
  cluster: { readonly region: string },
  list: () => Promise<readonly Workspace[]>,
): Promise<Workspace | Refusal> {
  const [, region = cluster.region, id = /^ws-[0-9a-f-]{36}$/.test(named) ? named : ''] =
    ARN.exec(named) ?? [];
  if (id !== '') {
    const elsewhere = region === cluster.region ? '' : region;
    return { id, arn: '', region: elsewhere, alias: '', isActive: true, tags: {} };
  }
  const all = await list();
  const [found, ...others] = all.filter((each) => each.alias === named || each.id === named);
  if (found === undefined) return noWorkspace(named, cluster.region, all);
  if (others.length === 0) return found;
  return {
    reason: `${others.length + 1} workspaces are called ${named}`,
    hint: `name one by its id: ${[found, ...others].map((each) => each.id).join(', ')}`,
  };
}

/** So many of those that there are stand in a hint. */
const MOST_NAMED = 3;

/** That there is none of that name. @param all that there are; null: nobody knows */
export function noWorkspace(
  named: string,
  region: string,
  all: readonly Workspace[] | null,
): Refusal {
  const reason = `there is no workspace ${named} in ${region}`;
  if (all === null) {
    return { reason, hint: `those that are there: aws amp list-workspaces --region ${region}` };
  }
  const elsewhere = 'one in another region is named by its ARN';
  if (all.length === 0) return { reason, hint: `there is none at all: ${elsewhere}` };
  const names = all.slice(0, MOST_NAMED).map(workspaceName).join(', ');
  const more = all.length > MOST_NAMED ? ` and ${all.length - MOST_NAMED} more` : '';
  return { reason, hint: `there are: ${names}${more}; ${elsewhere}` };
}

/** A workspace that may be the one, and what speaks for it; empty: nothing yet. */
export interface Candidate {
  readonly workspace: Workspace;
  readonly why: string;
}

/** What all metrics of a cluster may be told apart by, the surest first. */
export const CLUSTER_LABELS = [
  'cluster_arn',
  'clusterArn',
  'cluster',
  'cluster_name',
  'clusterName',
  'eks_cluster',
  'k8s_cluster_name',
] as const;

/** Workspaces that nothing speaks for are asked what is in them, no more than these. */
const MOST_ASKED = 5;

/** How a workspace is called among people: `shop-metrics (ws-…)`. */
export const workspaceName = ({ alias, id }: Workspace): string =>
  alias === '' ? id : `${alias} (${id})`;

/**
 * The workspaces that may have the metrics of a cluster: where a scraper, a tag or an alias says so,
 * those alone; where nothing does, all that there are, to be asked what is in them.
 */
export function candidates(
  cluster: { readonly name: string; readonly arn: string },
  workspaces: readonly Workspace[],
  scrapers: readonly Scraper[],
): readonly Candidate[] {
  const active = workspaces.filter(({ isActive }) => isActive);
  const rules: readonly ((workspace: Workspace) => string | null)[] = [
    ({ arn }) => {
      const own = scrapers.find(
        (each) => each.isActive && each.clusterArn === cluster.arn && each.workspaceArn === arn,
      );
      return own === undefined ? null : `scraper ${own.id} sends ${cluster.name} into it`;
    },
    ({ tags }) => {
      const tag = tagOf(tags, cluster);
      return tag === undefined ? null : `its tag ${tag} names ${cluster.name}`;
    },
    ({ alias }) => (alias === cluster.name ? `its alias is the name of the cluster` : null),
  ];
  for (const rule of rules) {
    const found = active.flatMap((workspace): Candidate[] => {
      const why = rule(workspace);
      return why === null ? [] : [{ workspace, why }];
    });
    if (found.length > 0) return found;
  }
  return active.slice(0, MOST_ASKED).map((workspace) => ({ workspace, why: '' }));
}

/** The tag that names a cluster, as EKS, its tools and people write it. */
function tagOf(
  tags: Workspace['tags'],
  { name, arn }: { readonly name: string; readonly arn: string },
): string | undefined {
  const isNamed = ([key, value]: readonly [string, string]): boolean =>
    key === `kubernetes.io/cluster/${name}` ||
    (/(^|[:/_-])cluster([_-]?(name|arn))?$/i.test(key) && (value === name || value === arn));
  return Object.entries(tags).find(isNamed)?.[0];
}

/** How the metrics of a cluster are told from others in a workspace. */
export type Owning =
  | { readonly is: 'own'; readonly own: LabelValue | null; readonly why: string }
  /** Nothing of it is there, or nothing tells which it is. */
  | ({ readonly is: 'not' } & Refusal);

const not = (reason: string, hint = ''): Owning => ({ is: 'not', reason, hint });

/**
 * Whether a workspace has metrics of a cluster, and which they are: series of other clusters may stand
 * beside them under the same names, and are never taken for its own.
 *
 * @param groups the values of {@link CLUSTER_LABELS} that its targets have, each set of them once
 */
export function owning(
  cluster: { readonly name: string; readonly arn: string },
  { workspace, why }: Candidate,
  groups: readonly Readonly<Record<string, string>>[],
): Owning {
  const name = workspaceName(workspace);
  // There may be a cluster of that name in another region or account: its ARN gives it away.
  const isForeign = (group: Readonly<Record<string, string>>): boolean =>
    Object.values(group).some((value) => value.startsWith('arn:') && value !== cluster.arn);
  const foreign = groups.filter(isForeign);
  for (const label of CLUSTER_LABELS) {
    for (const group of groups) {
      const value = group[label];
      if (value !== cluster.name && value !== cluster.arn) continue;
      if (isForeign(group) || foreign.some((other) => other[label] === value)) continue;
      const labelled = `label ${label} in it is ${value === cluster.arn ? 'its ARN' : value}`;
      return { is: 'own', own: { label, value }, why: why === '' ? labelled : why };
    }
  }
  if (groups.length === 0) return not(`nothing is sent to workspace ${name} at the moment`);
  if (why === '') return not(`nothing in workspace ${name} says that it is of ${cluster.name}`);
  const [only] = groups;
  if (only !== undefined && foreign.length === groups.length) {
    return not(`what is sent to workspace ${name} is of another cluster`);
  }
  if (groups.length > 1 || only === undefined) {
    return not(
      `several clusters send to workspace ${name}, and no label in it names ${cluster.name}`,
      `the configuration can: prometheus: { ${cluster.name}: { workspace: ${workspace.id}, label: name=value } }`,
    );
  }
  const [own] = Object.entries(only);
  return { is: 'own', own: own === undefined ? null : { label: own[0], value: own[1] }, why };
}
