/** The title of a table: `Pods(all)[38/1,204] /api ↑RESTARTS`, and how true its rows are. */
import { grouped } from '../../core/grouped.ts';
import { humanDuration } from '../../core/duration.ts';
import type { Segment } from '../../core/styled.ts';
import { truncate } from '../../core/text.ts';
import type { SourceStatus } from '../../domain/status.ts';
import type { PaneTitle, TitlePart } from '../pane.ts';
import type { PartStatus } from '../resource/cluster-part.ts';
import type { Sort } from './order.ts';
import { isTroubled, statusBadge, type Missing, type Unknown } from './trouble.ts';

/** What a table's title tells. */
export interface TableTitleInput {
  readonly title: string;
  /** Namespace, `all`, or what a link narrowed it to; empty: nothing to say. */
  readonly scope: string;
  readonly matched: number;
  readonly total: number;
  readonly filter: string;
  readonly problemsOnly: boolean;
  /** All rows are listed that are gone. */
  readonly showsGone: boolean;
  readonly sort: Sort;
  readonly sortTitle: string;
  readonly marked: { readonly listed: number; readonly unlisted: number };
  readonly status: SourceStatus;
  /** How each of several clusters stands; null: there is one, and `status` is its. */
  readonly parts: readonly PartStatus[] | null;
  /** What is wrong with the scope; empty: nothing. */
  readonly note: string;
  /** Columns that cannot be filled now; null: all can. */
  readonly missing: Missing | null;
  /** Columns that the filter asks for and that are not all known: what matches is not known either. */
  readonly unknown: readonly Unknown[];
  /** For how long it is frozen (ms); null when it lives. */
  readonly frozenFor: number | null;
  readonly now: number;
}

/** Writes the title of a table. */
export function tableTitle(input: TableTitleInput): PaneTitle {
  const { matched, total, filter, problemsOnly, sort, status } = input;
  const narrowed = filter !== '' || problemsOnly;
  // None so far is not none.
  const all = total === 0 && !status.synced ? '?' : grouped(total);
  const count = narrowed ? `${grouped(matched)}/${all}` : all;
  const name: Segment[] = [[input.title, 'title']];
  if (input.scope !== '') name.push([`(${input.scope})`, 'muted']);
  name.push(['[', 'border'], [count, 'strong'], [']', 'border']);
  const left: TitlePart[] = [{ cell: name, keep: 9 }];
  if (filter !== '') left.push({ cell: [[`/${truncate(filter, 40)}`, 'accent']], keep: 8 });
  if (problemsOnly) left.push({ cell: [['! problems', 'warn']], keep: 7 });
  if (input.showsGone) left.push({ cell: [['with gone', 'accent']], keep: 5 });
  if (markWords(input) !== '') left.push({ cell: [[markWords(input), 'accent']], keep: 6 });
  const arrow = sort.descending ? '↓' : '↑';
  if (input.sortTitle !== '') {
    left.push({ cell: [[`${arrow}${input.sortTitle}`, 'muted']], keep: 2 });
  }
  return { left, right: badges(input, status) };
}

/** How many rows are marked; of those that a filter hides, that nothing is done to them. */
function markWords({ marked: { listed, unlisted } }: TableTitleInput): string {
  const hidden = unlisted === 0 ? '' : `${unlisted} marked not listed`;
  return [listed === 0 ? '' : `${listed} marked`, hidden].filter(Boolean).join(', ');
}

function badges(input: TableTitleInput, status: SourceStatus): readonly TitlePart[] {
  const parts: TitlePart[] = [];
  if (input.frozenFor !== null) {
    const age = humanDuration(input.frozenFor);
    parts.push({ cell: [[`frozen ${age} ago`, 'accent']], keep: 8 });
  }
  if (input.parts === null) {
    const state = statusBadge(status, input.total > 0 ? grouped(input.total) : '', input.now);
    if (state !== null) parts.push({ cell: state, keep: 9 });
  } else for (const part of input.parts) parts.push(...clusterBadge(part, input.now));
  if (input.note !== '') parts.push({ cell: [[input.note, 'warn']], keep: 8 });
  if (input.missing) {
    parts.push({ cell: [[`${input.missing.columns.join(', ')} unknown`, 'warn']], keep: 4 });
  }
  const loading = input.unknown.filter((each) => !isTroubled(each.status));
  if (loading.length > 0) {
    const columns = loading.map(({ column }) => column).join(', ');
    parts.push({ cell: [[`${columns} loading…`, 'info']], keep: 6 });
  }
  const names = status.namespaces?.join(', ') ?? '';
  // Where one namespace was asked for the title names it already.
  if (names !== '' && names !== input.scope) {
    parts.push({ cell: [[`only ${truncate(names, 40)}`, 'warn']], keep: 5 });
  }
  return parts;
}

/** What is wrong with one of several clusters, under its name; where there is no room, in a word. */
function clusterBadge({ name, status }: PartStatus, now: number): readonly TitlePart[] {
  const badge = statusBadge(status, '', now);
  if (badge === null || typeof badge === 'string') return [];
  const tone = badge[0]?.[1] ?? 'warn';
  const since = status.asOf > 0 ? ` ${humanDuration(now - status.asOf)}` : '';
  const short: Segment[] = [[`${name} ${status.state}${since}`, tone]];
  return [{ cell: [[`${name} `, 'strong'], ...badge], short, keep: isTroubled(status) ? 8.5 : 7 }];
}
