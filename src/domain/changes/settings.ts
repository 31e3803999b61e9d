/** What workloads are configured and bounded by. Of config maps and secrets names only. */
import type { ObjectRow } from '../row.ts';
import type { Tables } from '../tables/index.ts';
import type { DataKey } from '../wire/data.ts';
import type { Write } from '../wire/writes.ts';
import { changeRule, NOTHING, turned, type AnyChangeRule, type Change } from './change.ts';
import { arrivals, AT_ONCE, objectOf } from './objects.ts';

interface Written extends ObjectRow {
  readonly written: Write | null;
}

/** Tables whose rows tell who wrote them. */
type Settings = {
  [T in keyof Tables]: Tables[T] extends Written ? T : never;
}['configmaps' | 'secrets' | 'hpas' | 'pdbs' | 'resourcequotas'];

const writer = ({ written }: Written): Write | null => written;

/** A controller puts one into every namespace, which is no news. */
const EVERYWHERE: ReadonlySet<string> = new Set(['kube-root-ca.crt']);

interface Setting<T extends Settings> {
  readonly table: T;
  readonly kind: string;
  /** What is different now, in words; null where nothing is that anybody asked for. */
  readonly differs: (before: Tables[T], after: Tables[T]) => string | null;
}

function edited(kind: string, row: Written, at: number, what: string): Change {
  return {
    ...objectOf(kind, row),
    key: `edited ${row.uid} ${row.resourceVersion}`,
    at,
    change: 'edited',
    who: row.written?.by ?? '',
    what,
    level: 'ok',
    // What a controller writes again and again is one line.
    flood: `edited ${kind} ${row.namespace} ${row.name} ${row.written?.by ?? ''}`,
  };
}

/** Helm keeps each release in a secret of its own, and marks the old ones afterwards. */
const RELEASE = /^sh\.helm\.release\.v1\.(.+)\.v(\d+)$/;

/** What is told of a secret that Helm keeps; null: it is none. */
function released(kind: string, row: Written): Change | null {
  const [, release, revision = ''] = RELEASE.exec(row.name) ?? [];
  if (release === undefined || kind !== 'Secret') return null;
  return {
    ...objectOf(kind, row),
    key: `released ${row.uid}`,
    at: row.created,
    change: 'released',
    who: 'helm',
    what: `Helm release ${release}, revision ${revision}`,
    level: 'ok',
  };
}

function setting<T extends Settings>({ table, kind, differs }: Setting<T>): AnyChangeRule {
  return changeRule({
    table,
    seen(before, after, sight) {
      const row = after ?? before;
      if (row === null || EVERYWHERE.has(row.name)) return NOTHING;
      const release = released(kind, row);
      if (release !== null) return before === null ? [release] : NOTHING;
      if (before === null || after === null)
        return arrivals(before, after, sight, () => kind, writer);
      if (before.resourceVersion === after.resourceVersion) return NOTHING;
      const what = differs(before, after);
      const { now, watched } = sight;
      if (what === null) return NOTHING;
      return [edited(kind, after, (watched ? 0 : after.written?.at) || now, what)];
    },
    *told(query, since) {
      for (const row of query.rows(table)) {
        yield null;
        const { written, created, gone } = row;
        if (gone > 0 || written === null || written.at < since || EVERYWHERE.has(row.name))
          continue;
        const isNew = created >= since;
        const release = released(kind, row);
        if (release !== null) {
          if (isNew) yield release;
          continue;
        }
        if (isNew) yield* arrivals(null, row, { ...UNSEEN, query }, () => kind, writer);
        const isAgain = Math.abs(written.at - created) > AT_ONCE;
        if (isAgain) yield edited(kind, row, written.at, 'what of it is not told');
      }
    },
  });
}

const UNSEEN = { now: 0, watched: false, seenSince: () => Infinity, lately: () => undefined };

/** Which keys came, left, or have another size: `+ LOG_LEVEL, - DEBUG`. */
function keysTurned(before: readonly DataKey[], after: readonly DataKey[]): string {
  const sizes = new Map(before.map(({ name, size }) => [name, size]));
  const told: string[] = [];
  for (const { name, size } of after) {
    const old = sizes.get(name);
    sizes.delete(name);
    if (old === undefined) told.push(`+ ${name}`);
    else if (old !== size) told.push(name);
  }
  for (const name of sizes.keys()) told.push(`- ${name}`);
  // Another value may be as long as the old one: what is kept of values does not tell.
  return told.length === 0 ? 'a value or its labels' : told.join(', ');
}

const data = (
  before: { readonly keys: readonly DataKey[] },
  after: { readonly keys: readonly DataKey[] },
): string => keysTurned(before.keys, after.keys);

/** The named parts that differ: `min 2 → 3, max 5 → 10`; null: none. */
function parts(...all: readonly (readonly [string, string | number, string | number])[]) {
  const told = all.filter(([, before, after]) => before !== after);
  if (told.length === 0) return null;
  return told
    .map(([name, before, after]) => `${name} ${turned(before || '-', after || '-')}`)
    .join(', ');
}

export const SETTING_CHANGES: readonly AnyChangeRule[] = [
  setting({ table: 'configmaps', kind: 'ConfigMap', differs: data }),
  setting({ table: 'secrets', kind: 'Secret', differs: data }),
  setting({
    table: 'hpas',
    kind: 'HorizontalPodAutoscaler',
    differs: (before, after) =>
      parts(
        ['target', before.targetName, after.targetName],
        ['min', before.min, after.min],
        ['max', before.max, after.max],
        ['metrics', metrics(before), metrics(after)],
      ),
  }),
  setting({
    table: 'pdbs',
    kind: 'PodDisruptionBudget',
    differs: (before, after) =>
      parts(
        ['minAvailable', before.minAvailable, after.minAvailable],
        ['maxUnavailable', before.maxUnavailable, after.maxUnavailable],
        ['selector', before.selector, after.selector],
      ),
  }),
  setting({
    table: 'resourcequotas',
    kind: 'ResourceQuota',
    differs(before, after) {
      const hard = new Map(before.items.map((item) => [item.resource, item.hard]));
      const names = [...new Set([...before.items, ...after.items].map(({ resource }) => resource))];
      const now = new Map(after.items.map((item) => [item.resource, item.hard]));
      return parts(
        ...names.map((name) => [name, hard.get(name) ?? '', now.get(name) ?? ''] as const),
      );
    },
  }),
];

const metrics = (row: Tables['hpas']): string =>
  row.metrics.map(({ name, target }) => `${name} ${target}`).join(' ');
