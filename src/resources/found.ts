/** The resources of kinds that no file declares: made from what the API server tells of them. */
import { own } from '../core/own.ts';
import type { Tone } from '../core/styled.ts';
import { sanitize } from '../core/text.ts';
import { calmHealth, type Health } from '../domain/health.ts';
import { kindRefOf, type FoundColumn, type FoundRow, type KindRow } from '../domain/kinds.ts';
import { FOUND_KEYS, foundTable, type FoundTableId } from '../domain/tables/found.ts';
import { kinds } from '../domain/tables/kinds.ts';
import { foundRef } from '../domain/ref.ts';
import type { Query } from '../ports/query.ts';
import { cellOfValue, muted, NONE, toned } from './cells.ts';
import { bySeverity } from './severity.ts';
import { ageColumn, labelsColumn, nameColumn, namespaceColumn } from './columns.ts';
import { defineResource, type AnyResource, type Column, type RowContext } from './define.ts';
import { describeFound, MAY_OWN } from './describe/found.ts';
import { TO_OWNER } from './links.ts';

/**
 * The resources of all kinds that a cluster offers, as far as its store knows them by now. One that
 * has not changed is the same object as before.
 */
export function foundResources(query: Query): readonly AnyResource[] {
  return [...query.rows('kinds')]
    .filter(({ gone }) => gone === 0)
    .map((kind) => cachedResource(kind, query.columns(foundTable(kind))));
}

interface Made {
  readonly columns: readonly FoundColumn[];
  readonly resource: AnyResource;
}

/** By the row of the kind, whose object changes when the kind does. */
const made = new WeakMap<KindRow, Made>();

function cachedResource(kind: KindRow, columns: readonly FoundColumn[]): AnyResource {
  const before = made.get(kind);
  if (before?.columns === columns) return before.resource;
  const resource = foundResource(kind, columns);
  made.set(kind, { columns, resource });
  return resource;
}

/** The resource of a kind with the columns that its server prints. */
export function foundResource(kind: KindRow, told: readonly FoundColumn[]): AnyResource {
  const printed = told.map(safe);
  const { group, name, singular, shortNames, categories, namespaced } = kind;
  const health = healthOf(printed);
  return defineResource<FoundTableId>({
    id: group === '' ? name : kind.uid,
    title: sanitize(titleOf(kind)),
    singular: sanitize(singular || kind.kind.toLowerCase()),
    aliases: [name, kind.kind.toLowerCase(), ...shortNames],
    categories,
    description: sanitize(
      `${kind.kind} of ${group === '' ? 'the core API' : group}, as the server prints it.`,
    ),
    table: foundTable(kind),
    kind: kindRefOf(kind),
    keys: FOUND_KEYS,
    scope: namespaced ? 'namespaced' : 'cluster',
    columns: columnsOf(kind, printed, health),
    sort: { column: namespaced ? 'namespace' : 'name', descending: false },
    health,
    links: { J: TO_OWNER },
    ref: foundRef,
    describe: describeFound,
    describeNeeds: MAY_OWN,
    iam: [],
    empty: sanitize(`No ${name} in this scope`),
  });
}

/** The plural as the kind is written: `NodePools`, `NetworkPolicies`. */
function titleOf({ kind, name }: KindRow): string {
  const rest = name.slice(0, kind.length) === kind.toLowerCase() ? name.slice(kind.length) : null;
  if (rest !== null) return `${kind}${rest}`;
  return name === `${kind.toLowerCase().slice(0, -1)}ies` ? `${kind.slice(0, -1)}ies` : kind;
}

/** Columns of the server that fit a narrow screen beside the name; those that fit a middling one. */
const NARROW = 3;
const MIDDLING = 6;

function columnsOf(
  { namespaced }: KindRow,
  printed: readonly FoundColumn[],
  health: (row: FoundRow, ctx: RowContext) => Health,
): readonly Column<FoundRow>[] {
  const taken = new Set(['namespace', 'name', 'created', 'labels']);
  const state = printed.find(isState);
  const ownName = printed.findIndex(isName);
  const told = printed
    .map((column, index) => ({ column, index }))
    .filter(({ column, index }) => index !== ownName && !isAge(column))
    .map(({ column, index }, place) => {
      const id = uniqueId(column.name, taken);
      const tier = column.priority > 0 ? 3 : place < NARROW ? 0 : place < MIDDLING ? 1 : 2;
      return printedColumn(column, { id, index, isState: column === state, tier, health });
    });
  return [
    ...(namespaced ? [namespaceColumn<FoundRow>()] : []),
    nameColumn<FoundRow>(16, health),
    ...told,
    // Where nothing says how an object is, its age says since when it is gone.
    { ...ageColumn<FoundRow>(), ...(state === undefined && { tells: 'state' as const }) },
    labelsColumn<FoundRow>(),
  ];
}

/** Whoever may define a kind may call its columns anything. */
const safe = (column: FoundColumn): FoundColumn => ({
  ...column,
  name: sanitize(column.name),
  description: sanitize(column.description),
});

/**
 * The first of these is the object's own name, which stands in the row as its age does: they are
 * shown as everywhere else. Further ones are names of other objects.
 */
const isName = ({ name, format }: FoundColumn): boolean => format === 'name' || name === 'Name';
const isAge = ({ name }: FoundColumn): boolean => name.toLowerCase() === 'age';
const isState = ({ name }: Pick<FoundColumn, 'name'>): boolean => STATES.has(name.toUpperCase());

/** `Container Runtime` → `containerRuntime`; a number behind it where that is taken. */
function uniqueId(name: string, taken: Set<string>): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  const camel = words
    .map((word, i) =>
      i === 0 ? word.toLowerCase() : word.charAt(0).toUpperCase() + word.slice(1).toLowerCase(),
    )
    .join('');
  let id = camel === '' ? 'column' : camel;
  for (let n = 2; taken.has(id); n++) id = `${camel}${n}`;
  taken.add(id);
  return id;
}

interface Placed {
  readonly id: string;
  /** Which of the row's cells it shows. */
  readonly index: number;
  /** It says how the object is, and so what became of it. */
  readonly isState: boolean;
  readonly tier: Column<FoundRow>['tier'];
  readonly health: (row: FoundRow, ctx: RowContext) => Health;
}

function printedColumn(
  { name, type, description }: FoundColumn,
  { id, index, isState, tier, health }: Placed,
): Column<FoundRow> {
  const isNumber = type === 'integer' || type === 'number';
  const value = ({ cells }: FoundRow) => cells[index] ?? '';
  const title = name.toUpperCase();
  return {
    id,
    title,
    description: sentence(description),
    tier,
    min: Math.min(24, Math.max(4, title.length)),
    max: 60,
    grow: isNumber ? 0 : 1,
    tells: isState ? 'state' : 'identity',
    ...(isNumber && { align: 'right', descending: true }),
    ...(STATES.has(title) && { sortKey: 'S' }),
    ...(STATES.has(title) &&
      !isNumber && {
        sortBy: bySeverity((row) => String(value(row)), health),
      }),
    value,
    cell: (row, ctx) => {
      const shown = value(row);
      if (shown === '' || shown === '<none>') return NONE;
      if (!STATES.has(title)) return isNumber ? cellOfValue(shown) : muted(String(shown));
      return toned(String(shown), toneOf(health(row, ctx)));
    },
  };
}

const toneOf = ({ level }: Health): Tone =>
  level === 'bad' ? 'bad' : level === 'warn' ? 'warn' : 'text';

/** What a column shows, in one sentence. */
function sentence(text: string): string {
  const [first = ''] = text.split(/(?<=\.)\s/, 1);
  const short = first.length > 160 ? `${first.slice(0, 160)}…` : first;
  return short === '' ? 'As the server prints it.' : short;
}

/** Columns that by convention say how an object is, and what they say where it is not well. */
const STATES = new Set(['READY', 'STATUS', 'STATE', 'PHASE', 'HEALTH', 'SYNC STATUS']);
const TROUBLE: Readonly<Record<string, Health['level']>> = {
  false: 'warn',
  failed: 'bad',
  error: 'bad',
  degraded: 'bad',
  lost: 'bad',
};

/** Only what such a column says alarms anybody: of a kind that is not known no more is known. */
function healthOf(printed: readonly FoundColumn[]): (row: FoundRow, ctx: RowContext) => Health {
  const states = printed.flatMap(({ name }, index) => (isState({ name }) ? [{ name, index }] : []));
  return (row, { now }) => {
    const calm = calmHealth(row, now);
    if (calm.level !== 'ok') return calm;
    for (const { name, index } of states) {
      const word = String(row.cells[index] ?? '');
      const level = own(TROUBLE, word.toLowerCase());
      if (level !== undefined) return { level, cause: `${name.toLowerCase()}: ${word}` };
    }
    return calm;
  };
}

/** One of them as an example: what all of them have in common, keys above all. */
export const ANY_FOUND: AnyResource = foundResource(kinds.blank, [
  { name: 'Ready', type: 'string', format: '', description: '', priority: 0 },
]);
