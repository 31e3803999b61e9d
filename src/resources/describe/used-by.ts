/** Which workloads use an object: by what their pods refer to, and their templates without pods. */
import type { ObjectRow, PodRow } from '../../domain/rows.ts';
import { KUBE_TABLES } from '../../domain/tables/index.ts';
import { ANY_NUMBER } from '../../domain/wire/references.ts';
import type { Query } from '../../ports/query.ts';
import type { Section } from '../define.ts';
import { NONE, UNKNOWN, type Line } from './common.ts';

const MOST = 30;

/** What has a template that pods are made from; replica sets have that of their deployment. */
const MAKERS = ['deployments', 'statefulsets', 'daemonsets', 'cronjobs', 'jobs'] as const;

/** The tables in which users are looked for. */
export const USERS = ['pods', ...MAKERS] as const;

/** Pods and their templates, as far as they say what they use. */
type User = Pick<PodRow, 'namespace' | 'uses' | 'serviceAccount'>;

/** The use of an object of a table, as pods write it down. */
const referenceTo = (table: string, { name }: ObjectRow): string => `${table}/${name}`;

/** Tells what refers to an object. Cheap: it is asked for every pod. */
export function refersTo(table: string, row: ObjectRow): (user: User) => boolean {
  const use = referenceTo(table, row);
  const numbered = use.replace(/(?<!\d)\d+$/, ANY_NUMBER);
  return ({ namespace, uses }) =>
    namespace === row.namespace && (uses.includes(use) || uses.includes(numbered));
}

/** Tells what runs as a service account. */
export function runsAs(row: ObjectRow): (user: User) => boolean {
  return ({ namespace, serviceAccount }) =>
    namespace === row.namespace && (serviceAccount || 'default') === row.name;
}

/** @param others users of other kinds */
export function usedBySection(
  isUser: (user: User) => boolean,
  query: Query,
  others: readonly Line[] = [],
): Section {
  const title = 'Used by';
  const users = [...podUsers(isUser, query)].sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = [...users.map(([user, pods]): Line => [user, podsText(pods)]), ...others];
  const more = lines.length - MOST;
  const shown = more > 0 ? [...lines.slice(0, MOST), `and ${more} more`] : lines;
  const untold = USERS.filter((table) => !query.status(table).synced);
  if (untold.length === 0) return { title, lines: shown.length === 0 ? [NONE] : shown };
  const unknown: Line = shown.length === 0 ? UNKNOWN : [[`? ${untold.join(', ')}`, 'muted']];
  return { title, lines: [...shown, unknown] };
}

const podsText = (pods: number): string =>
  pods === 0 ? 'no pods now' : `${pods} ${pods === 1 ? 'pod' : 'pods'}`;

/** How many pods of each workload use it: none where only its template says so. */
function podUsers(isUser: (user: User) => boolean, query: Query): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const pod of query.rows('pods')) {
    if (pod.gone > 0 || !isUser(pod)) continue;
    const user =
      pod.workload === '' ? `pod/${pod.name}` : `${pod.workloadKind.toLowerCase()}/${pod.workload}`;
    counts.set(user, (counts.get(user) ?? 0) + 1);
  }
  for (const table of MAKERS) {
    const kind = KUBE_TABLES[table].kind.kind.toLowerCase();
    for (const row of query.rows(table)) {
      // A job that has ended makes no more pods; that of a cron job has its template.
      const isDone = 'finished' in row && (row.finished > 0 || row.ownerName !== '');
      if (row.gone > 0 || isDone || !isUser(row)) continue;
      const user = `${kind}/${row.name}`;
      counts.set(user, counts.get(user) ?? 0);
    }
  }
  return counts;
}
