/** Keeps count of all that a pulse tells, row by row as they change, and puts it together when asked. */
import { isProblem, type Health, type HealthLevel } from '../../domain/health.ts';
import { summarize, byWeight, type Cause } from '../../domain/pulse/cause.ts';
import type { Load } from '../../domain/pulse/load.ts';
import { isSystem } from '../../domain/pulse/system.ts';
import type { BaseRow, ChangeRow, EventRow, WorkloadRow } from '../../domain/rows.ts';
import { mergeStatus } from '../../domain/status.ts';
import type { Query } from '../../ports/query.ts';
import type { Tally, Tallying, TallyGroup } from '../../ports/tally.ts';
import { CHANGES } from './changes.ts';
import type { CauseFacts, KindFacts, PulseFacts, SystemFacts, Trouble } from './facts.ts';
import { PULSE_KINDS, type PulseKind, type Spot } from './kinds.ts';
import { placesOf, type PlaceGroup } from './place-facts.ts';
import { inScope } from './scope.ts';
import { SYSTEM_RESOURCES } from './system.ts';
import { WARNINGS } from './warnings.ts';

/** What the rows of one group of a kind have in common. */
interface Standing extends Spot {
  readonly level: HealthLevel;
  readonly word: string;
}

type Rows = Tally<BaseRow>;

/** The store of a cluster. */
export interface PulseStore extends Query, Tallying {
  readonly now: () => number;
}

/** How many times `counted` is called until all rows were looked at. */
export const PULSE_TALLIES = PULSE_KINDS.length + SYSTEM_RESOURCES.length + 1;

export class PulseTallies {
  readonly #store: PulseStore;
  readonly #namespace: () => string;
  readonly #kinds: readonly { readonly kind: PulseKind; readonly tally: Rows }[];
  readonly #warnings: Tally<EventRow>;
  readonly #system: readonly { readonly resource: string; readonly tally: Tally<WorkloadRow> }[];
  readonly #loads = new Memo<BaseRow, Load | null>();
  readonly #causes = new Memo<EventRow, Cause | null>();

  /**
   * @param namespace the one in force, empty for all
   * @param counted told when all rows of a table were looked at
   */
  constructor(store: PulseStore, namespace: () => string, counted: () => void) {
    this.#store = store;
    this.#namespace = namespace;
    this.#kinds = PULSE_KINDS.map((kind) => ({
      kind,
      tally: store.tally(kind.resource.table, (row: BaseRow) => this.#standing(kind, row), counted),
    }));
    this.#warnings = store.tally(
      WARNINGS.table,
      (row) => WARNINGS.keyOf(row, namespace()),
      counted,
    );
    this.#system = SYSTEM_RESOURCES.map(({ id, table }) => ({
      resource: id,
      tally: store.tally(table, (row) => (isSystem(row) ? row.uid : null), counted),
    }));
  }

  /** Another namespace is in force. */
  recount(): void {
    for (const { tally } of this.#kinds) tally.recount();
    this.#warnings.recount();
  }

  close(): void {
    for (const { tally } of [...this.#kinds, ...this.#system]) tally.close();
    this.#warnings.close();
  }

  /** As of now. @param roundTrip last one to the API server (ms), null before the first */
  facts(roundTrip: number | null): PulseFacts {
    const { now } = this.#store;
    const newest = this.#newest();
    const kinds = this.#kinds.map(({ kind, tally }) => this.#kindFacts(kind, tally));
    const isKnown = (one: (kind: PulseKind) => boolean): boolean =>
      kinds.every(({ kind, status }) => !one(kind) || status.synced);
    return {
      now: now(),
      clock: now,
      namespace: this.#namespace(),
      kinds,
      places: placesOf(this.#placeGroups()),
      placesKnown: {
        nodes: isKnown(({ load }) => load !== undefined),
        problems: isKnown(({ load, spot }) => spot !== undefined && load === undefined),
      },
      causes: this.#causeFacts(),
      causesStatus: this.#store.status(WARNINGS.table),
      changes: newest.slice(0, CHANGES.most),
      changesCount: newest.length,
      changesStatus: this.#store.status(CHANGES.table),
      system: this.#systemFacts(),
      systemStatus: mergeStatus(SYSTEM_RESOURCES.map(({ table }) => this.#store.status(table))),
      roundTrip,
    };
  }

  /** What a row of a kind is counted by; null: it is none of those that are told of. */
  #standing(kind: PulseKind, row: BaseRow): string | null {
    const namespace = this.#namespace();
    if (!inScope(row, namespace)) return null;
    const health = kind.health(row, { now: this.#store.now(), time: 'age' });
    // How many there are in a namespace only those in it can tell.
    if (!isProblem(health) && kind.load === undefined && namespace === '') return null;
    const word = isProblem(health) ? kind.word(row, health) : '';
    return write({ level: health.level, word, ...(kind.spot?.(row) ?? NOWHERE) });
  }

  #kindFacts(kind: PulseKind, { groups }: Rows): KindFacts {
    const { resource, needs } = kind;
    const byWord = new Map<string, Trouble>();
    let counted = 0;
    for (const [key, { rows }] of groups) {
      counted += rows.size;
      const { level, word, zone, group } = read(key);
      if (!isTrouble(level)) continue;
      const [example] = rows.values();
      if (example === undefined) continue;
      const before = byWord.get(word);
      const spot = { zone, group, count: rows.size };
      const isWorse = before === undefined || RANK[level] < RANK[before.level];
      byWord.set(word, {
        level: isWorse ? level : before.level,
        word,
        count: (before?.count ?? 0) + rows.size,
        example: isWorse ? example : before.example,
        spots: [...(before?.spots ?? []), ...(kind.spot === undefined ? [] : [spot])],
      });
    }
    const isWhole = this.#namespace() === '' || resource.scope !== 'namespaced';
    return {
      kind,
      status: mergeStatus([resource.table, ...needs].map((table) => this.#store.status(table))),
      total: isWhole ? this.#store.size(resource.table) : counted,
      troubles: [...byWord.values()].sort(worstFirst),
    };
  }

  #placeGroups(): readonly PlaceGroup[] {
    return this.#kinds.flatMap(({ kind, tally }) => {
      if (kind.spot === undefined) return [];
      return [...tally.groups].map(([key, group]): PlaceGroup => {
        const { zone, group: name, level } = read(key);
        const load = this.#loads.of(group, (rows) => kind.load?.(rows) ?? null);
        return { zone, group: name, level, count: group.rows.size, load };
      });
    });
  }

  #causeFacts(): readonly CauseFacts[] {
    const causes = [...this.#warnings.groups].flatMap(([key, group]): CauseFacts[] => {
      const cause = this.#causes.of(group, summarize);
      return cause === null ? [] : [{ key, ...cause }];
    });
    return causes.sort(byWeight(this.#store.now()));
  }

  /** The table is a log of bounded length. */
  #newest(): readonly ChangeRow[] {
    const namespace = this.#namespace();
    return [...this.#store.rows(CHANGES.table)]
      .filter((row) => row.gone === 0 && inScope(row, namespace))
      .sort((a, b) => b.at - a.at || (a.uid < b.uid ? -1 : 1));
  }

  #systemFacts(): readonly SystemFacts[] {
    const ctx = { now: this.#store.now(), time: 'age' } as const;
    return this.#system.flatMap(({ resource, tally }) => {
      const health = HEALTH.get(resource);
      return [...tally.groups.values()].flatMap(({ rows }) =>
        [...rows.values()].flatMap((row): SystemFacts[] =>
          health === undefined ? [] : [{ row, health: health(row, ctx), resource }],
        ),
      );
    });
  }
}

const HEALTH = new Map(SYSTEM_RESOURCES.map(({ id, health }) => [id, health] as const));

const NOWHERE: Spot = { zone: '', group: '' };

const isTrouble = (level: HealthLevel): level is Trouble['level'] =>
  isProblem({ level, cause: '' } satisfies Health);

const RANK = { bad: 0, warn: 1 } as const;

const worstFirst = (a: Trouble, b: Trouble): number =>
  RANK[a.level] - RANK[b.level] || b.count - a.count || (a.word < b.word ? -1 : 1);

/** No label has these; a word may have anything and stands last. */
const write = ({ level, zone, group, word }: Standing): string =>
  [level, zone ?? '\x01', group ?? '\x01', word].join('\0');

function read(key: string): Standing {
  const [level = 'ok', zone = '', group = '', ...word] = key.split('\0');
  return {
    level: level as HealthLevel,
    zone: zone === '\x01' ? null : zone,
    group: group === '\x01' ? null : group,
    word: word.join('\0'),
  };
}

/** What is made of the rows of a group, for as long as they are the same. */
class Memo<Row, T> {
  readonly #known = new WeakMap<TallyGroup<Row>, { readonly version: number; readonly made: T }>();

  of(group: TallyGroup<Row>, make: (rows: Iterable<Row>) => T): T {
    const known = this.#known.get(group);
    if (known?.version === group.version) return known.made;
    const made = make(group.rows.values());
    this.#known.set(group, { version: group.version, made });
    return made;
  }
}
