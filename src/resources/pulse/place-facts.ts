/** Zones and groups, made of how many rows of which level are where. */
import { isProblem, type HealthLevel } from '../../domain/health.ts';
import { together, type Load } from '../../domain/pulse/load.ts';
import { percentOfShare } from '../cells.ts';
import type { PlaceFacts } from './facts.ts';
import type { Spot } from './kinds.ts';

/** Rows of one kind that stand alike in one place. */
export interface PlaceGroup extends Spot {
  readonly level: HealthLevel;
  readonly count: number;
  /** What they bear; null: they are of a kind that bears nothing. */
  readonly load: Load | null;
}

/** All nodes; zones by name where there are any; groups where there are, the most troubled first. */
export function placesOf(groups: readonly PlaceGroup[]): readonly PlaceFacts[] {
  const zones = split(groups, 'zone').sort(byName);
  const named = split(groups, 'group').filter(({ name, load }) => name !== '' || load.nodes > 0);
  return [
    place('all', '', groups),
    ...(zones.some(({ name }) => name) ? zones : []),
    ...(named.some(({ name }) => name) ? named.sort(byTrouble) : []),
  ];
}

function split(groups: readonly PlaceGroup[], is: 'zone' | 'group'): PlaceFacts[] {
  const parts = new Map<string | null, PlaceGroup[]>();
  for (const each of groups) {
    const part = parts.get(each[is]);
    if (part === undefined) parts.set(each[is], [each]);
    else part.push(each);
  }
  return (
    [...parts]
      .map(([name, part]) => place(is, name, part))
      // Where there is no node, only what is wrong is worth a line.
      .filter(({ load, problems }) => load.nodes > 0 || problems > 0)
  );
}

function place(
  is: PlaceFacts['is'],
  name: string | null,
  groups: readonly PlaceGroup[],
): PlaceFacts {
  const bearing = groups.filter(({ load }) => load !== null);
  const wrong = groups.filter(({ level }) => isProblem({ level, cause: '' }));
  const borne = wrong.filter(({ load }) => load === null);
  const count = (each: readonly PlaceGroup[]): number =>
    each.reduce((sum, one) => sum + one.count, 0);
  return {
    is,
    name,
    load: together(bearing.flatMap(({ load }) => load ?? [])),
    troubled: count(wrong.filter(({ load }) => load !== null)),
    problems: count(borne),
    broken: borne.some(({ level }) => level === 'bad'),
  };
}

/** What has no name comes last. */
function byName(a: PlaceFacts, b: PlaceFacts): number {
  const [left, right] = [a.name ?? '', b.name ?? ''];
  if (left === '' || right === '') return Number(left === '') - Number(right === '');
  return left < right ? -1 : left > right ? 1 : 0;
}

const byTrouble = (a: PlaceFacts, b: PlaceFacts): number => weight(b) - weight(a) || byName(a, b);

/** Nodes that are not ready, then rows with a problem, then what is nearly full. */
function weight({ load, troubled, problems }: PlaceFacts): number {
  const full = [load.slots, load.cpu, load.memory].some(
    (share) => (percentOfShare(share) ?? 0) >= 90,
  );
  return (
    Math.sign(load.nodes - load.ready) * 8 +
    Math.sign(troubled) * 4 +
    Math.sign(problems) * 2 +
    Number(full)
  );
}
