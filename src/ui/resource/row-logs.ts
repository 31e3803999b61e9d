/** The logs of rows: of one cluster, or of several in one pane. */
import { humanDuration } from '../../core/duration.ts';
import type { Tone } from '../../core/styled.ts';
import type { BaseRow, PodRow } from '../../domain/rows.ts';
import { podLogs, type Runs } from '../../session/index.ts';
import type { Query } from '../../ports/query.ts';
import { hasLogs, LOGGED, openLogs, type LogMember } from '../logs/index.ts';
import type { Workspace } from '../workspace.ts';
import type { Member } from './cluster-part.ts';
import { openKeptLogs } from './kept-logs.ts';
import { noneMeant } from './none-meant.ts';
import type { RowsMeant } from './row-keys.ts';
import type { RowResource } from './row-resource.ts';

/** What a cluster has of what is asked for. */
export interface LoggedRows {
  readonly member: Member;
  /** What its name has beside those of others. */
  readonly tone: Tone;
  /** Null: its rows are not known yet; of them the one is meant that is called as that of the others. */
  readonly rows: readonly BaseRow[] | null;
}

/** Whose logs, and which. */
export interface RowLogsOptions {
  readonly workspace: Workspace;
  readonly def: RowResource;
  /** Where they are listed. */
  readonly table: RowsMeant;
  readonly parts: readonly LoggedRows[];
  readonly runs: Runs;
  /** What only some write is told. */
  readonly compares?: boolean;
}

type IsOf = (pod: PodRow) => boolean;
type Pods = (row: BaseRow, query: Query) => IsOf;

/** Opens the logs of rows, or says why there are none. */
export function openRowLogs({
  workspace,
  def,
  table,
  parts,
  runs,
  compares = false,
}: RowLogsOptions): void {
  const { pods } = def;
  const rows = parts.flatMap((part) => part.rows ?? []);
  const [row] = rows;
  if (pods === undefined || row === undefined) {
    const none = noneMeant(table) || `no ${def.singular} here`;
    workspace.flash(pods ? none : `a ${def.singular} has no logs`, 'muted');
    return;
  }
  const living = parts.flatMap((part): readonly LoggedRows[] => {
    const left = part.rows?.filter((each) => isLogged(each, pods, part.member)) ?? null;
    return left?.length === 0 ? [] : [{ ...part, rows: left }];
  });
  const [first, ...others] = living.map((part) => memberOf(part, row, def, pods));
  const keeping = first === undefined ? keptOf(parts, def) : null;
  if (keeping !== null) {
    openKeptLogs({ workspace, def, ...keeping });
    return;
  }
  if (first === undefined || living.every((part) => part.rows === null)) {
    workspace.flash(goneText(rows, row, def, workspace.clock.now()));
    return;
  }
  const members = [first, ...others] as const;
  const target = { title: titleOf(rows, row, def), container: null, runs, compares };
  workspace.open(openLogs(workspace, { ...target, members }, workspace.config.logs));
}

/** Of one row that is gone CloudWatch may have what it wrote; null: nobody can ask for it. */
function keptOf(parts: readonly LoggedRows[], { kept }: RowResource) {
  const [part, ...others] = parts;
  const [row, another] = part?.rows ?? [];
  const core = part?.member.connection;
  if (!kept || !row || another || others.length > 0 || core?.door == null) return null;
  return { row, core };
}

/** What is known of rows that left no log behind, and which key leads on. @param now ms */
function goneText(
  rows: readonly BaseRow[],
  row: BaseRow,
  { links, table }: RowResource,
  now: number,
): string {
  const since = row.gone > 0 ? ` for ${humanDuration(now - row.gone)}` : '';
  const what =
    rows.length > 1 ? 'these are gone, their logs too' : `${row.name} is gone${since}, its log too`;
  const others = table === LOGGED ? ' · = logs of its siblings' : '';
  const owner = links?.['J'] ? ' · J its owner' : '';
  return `${what}${others}${owner} · d last state, events`;
}

/** The living pods of the same owner, the pod first. */
export function siblingsOf(pod: PodRow, query: Query): readonly PodRow[] {
  const siblings: PodRow[] = [pod];
  if (pod.ownerName === '') return siblings;
  for (const each of query.rows(LOGGED)) {
    const isOther = each.uid !== pod.uid && each.gone === 0 && each.namespace === pod.namespace;
    if (isOther && each.ownerName === pod.ownerName && each.ownerKind === pod.ownerKind) {
      siblings.push(each);
    }
  }
  return siblings;
}

/** Is there something to read; what is gone may have left pods behind. */
function isLogged(row: BaseRow, pods: Pods, { connection }: Member): boolean {
  const store = connection?.store;
  return row.gone === 0 || (store !== undefined && hasLogs(store, pods(row, store)));
}

function memberOf(
  { member, tone, rows }: LoggedRows,
  namesake: BaseRow,
  { table }: RowResource,
  pods: Pods,
): LogMember {
  const { connection } = member;
  if (connection === null) return { ...member, tone, part: null, needs: [] };
  const { cluster, store, kube } = connection;
  const isOf = rows && anyOf(rows.map((row) => pods(row, store)));
  const meant = isOf ? () => isOf : whenNamed(namesake, table, pods, store);
  const tables = isOf ? [] : [table];
  const part = podLogs({ cluster, query: store, kube, tables, meant });
  return { ...member, cluster, tone, part, needs: [LOGGED, ...tables] };
}

/** The pods of the row that is called so, as soon as it is known. */
function whenNamed(
  { namespace, name }: BaseRow,
  table: RowResource['table'],
  pods: Pods,
  query: Query,
): () => IsOf {
  let isOf: IsOf | null = null;
  return () => {
    const row = isOf === null ? query.named(table, namespace, name) : undefined;
    if (row !== undefined) isOf = pods(row, query);
    return isOf ?? isNone;
  };
}

const isNone: IsOf = () => false;

function anyOf(tests: readonly IsOf[]): IsOf {
  const [only, another] = tests;
  return another === undefined && only !== undefined
    ? only
    : (pod) => tests.some((test) => test(pod));
}

function titleOf(rows: readonly BaseRow[], row: BaseRow, { id, singular, table }: RowResource) {
  const isOne = rows.every((each) => each.namespace === row.namespace && each.name === row.name);
  if (!isOne) return `${rows.length} ${id}`;
  return table === LOGGED ? row.name : `${singular}/${row.name}`;
}
