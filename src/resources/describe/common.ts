/** Sections and lines that the describe views of several kinds share. */
import type { Cell, Segment, Tone } from '../../core/styled.ts';
import { isTrouble } from '../../domain/conditions.ts';
import type { BaseRow, ObjectRow } from '../../domain/rows.ts';
import type { KubeObject } from '../../ports/kube.ts';
import { iso, NONE, time, toned, UNKNOWN } from '../cells.ts';
import type { RowContext, Section } from '../define.ts';
import { at, entries, moment, objects, text } from '../../core/json.ts';
import { explained } from '../../core/words.ts';

/** A line of a section. */
export type Line = Section['lines'][number];

/** Two blanks a level, so that labels of nested things step in. */
export function inner(label: string, level = 1): string {
  return '  '.repeat(level) + label;
}

/** A label before the first of several values, and nothing before the others. */
export function many(label: string, values: readonly Cell[]): readonly Line[] {
  if (values.length === 0) return [[label, NONE]];
  return values.map((value, i): Line => [i === 0 ? label : '', value]);
}

/** A map as `key=value` lines under one label, as kubectl prints labels. */
export function pairs(label: string, map: unknown, separator = '='): readonly Line[] {
  return many(
    label,
    entries(map).map(([key, value]) => `${key}${separator}${value}`),
  );
}

/** A moment, with its age: `2026-11-24T04:02:48Z (3h12m)`. */
export function when(moment: number, ctx: RowContext): Cell {
  if (moment === 0) return NONE;
  const age = time(moment, { now: ctx.now, time: 'age' });
  const shown =
    ctx.time === 'local' ? time(moment, ctx) : (iso(moment)?.replace('.000Z', 'Z') ?? '?');
  return [
    [shown, 'text'],
    [age.startsWith('in ') ? `  ${age}` : `  ${age} ago`, 'muted'],
  ];
}

const APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
/** Annotations are sometimes whole documents; the YAML view has them in full. */
const LONG = 200;

/** Labels and annotations. The configuration last applied is left to the YAML view. */
export function metadataLines(source: KubeObject | null): readonly Line[] {
  if (source === null) return [];
  const annotations = entries(source.metadata.annotations).filter(([key]) => key !== APPLIED);
  return [
    ...pairs('Labels', source.metadata.labels),
    ...many(
      'Annotations',
      annotations.map(([key, value]) =>
        value.length > LONG ? `${key}: ${value.slice(0, LONG)}…` : `${key}: ${value}`,
      ),
    ),
  ];
}

/** What controls the object: `ReplicaSet/api-78d7d7b5cd`. */
export function controlledBy(source: KubeObject | null): Cell {
  const owner = objects(source?.metadata['ownerReferences']).find((ref) => ref['controller']);
  return owner ? `${text(owner['kind'])}/${text(owner['name'])}` : NONE;
}

/** Says that the object is being deleted, before anything else. */
export function departure(
  row: BaseRow & { readonly deleting?: number; readonly asked?: number },
  ctx: RowContext,
): readonly Line[] {
  const { deleting = 0, asked = deleting } = row;
  if (deleting === 0 || row.gone > 0) return [];
  return [['Terminating', toned(`since ${time(asked, ctx)}`, 'warn')]];
}

/** What the description of an object begins with: which it is, whether it is leaving, its age. */
export function identityLines(row: ObjectRow, ctx: RowContext): readonly Line[] {
  return [
    ['Name', toned(row.name, 'strong')],
    ...(row.namespace === '' ? [] : ([['Namespace', row.namespace]] as const)),
    ...departure(row, ctx),
    ['Created', when(row.created, ctx)],
  ];
}

/** The tone of a condition by what its status means for its type. */
function conditionTone(type: string, status: string): Tone {
  const unknown = type === 'Ready' && status === 'Unknown';
  return unknown || isTrouble({ type, status }) === true ? 'warn' : 'text';
}

/** Conditions as a section: type, status, since when, and why. */
export function conditionsSection(source: KubeObject | null, ctx: RowContext): Section {
  const conditions = objects(at(source, 'status', 'conditions'));
  const generation = Number(at(source, 'metadata', 'generation') ?? 0);
  return {
    title: 'Conditions',
    lines: conditions.map((condition): Line => {
      const [type, status] = [text(condition['type']), text(condition['status'])];
      const since = moment(condition['lastTransitionTime']);
      const why = explained(text(condition['reason']), text(condition['message']));
      const segments: Segment[] = [[status.padEnd(7), conditionTone(type, status)]];
      if (since > 0) segments.push([` ${time(since, ctx).padEnd(6)}`, 'muted']);
      if (why !== '') segments.push([` ${why}`, 'text']);
      // Of one that does not tell what it is about it is not known.
      if (Number(condition['observedGeneration'] ?? Infinity) < generation) {
        segments.push(['  of what it was before its latest change', 'info']);
      }
      return [type, segments];
    }),
  };
}

/** When an event was last seen, whichever of its fields says so. */
function lastSeen(event: KubeObject): number {
  return (
    moment(at(event, 'series', 'lastObservedTime')) ||
    moment(event['lastTimestamp']) ||
    moment(event['eventTime']) ||
    moment(at(event, 'metadata', 'creationTimestamp'))
  );
}

/** Events with their age and how often, newest last; what cannot be read is not "none". */
export function eventsSection(events: readonly KubeObject[] | null, ctx: RowContext): Section {
  if (events === null)
    return { title: 'Events', lines: [[['? events could not be read', 'warn']]] };
  const sorted = [...events].sort((a, b) => lastSeen(a) - lastSeen(b));
  const width = Math.max(...sorted.map((event) => text(event['reason']).length), 0);
  return {
    title: 'Events',
    lines: sorted.length === 0 ? [NONE] : sorted.map((event) => eventLine(event, width, ctx)),
  };
}

function eventLine(event: KubeObject, width: number, ctx: RowContext): Cell {
  const warning = text(event['type']) === 'Warning';
  const count = Number(at(event, 'series', 'count') ?? event['count'] ?? 1);
  const first = moment(event['firstTimestamp']);
  const over = first > 0 ? ` over ${time(first, { ...ctx, time: 'age' })}` : '';
  const times = count > 1 ? `(x${count}${over})  ` : '';
  const from = text(at(event, 'source', 'component')) || text(event['reportingComponent']);
  return [
    [warning ? '! ' : '  ', warning ? 'warn' : 'muted'],
    [time(lastSeen(event), ctx).padEnd(6), 'muted'],
    [`${text(event['reason']).padEnd(width)}  `, warning ? 'warn' : 'text'],
    [times, 'muted'],
    [text(event['message']).trim(), 'text'],
    [from === '' ? '' : `  ${from}`, 'muted'],
  ];
}

/** A line that names something and what it is worth saying of it. */
export function related(name: string, note: Cell): Cell {
  const segments: readonly Segment[] = typeof note === 'string' ? [[note, 'muted']] : note;
  return [[name, 'accent'], ['  ', 'text'], ...segments];
}

/** Leaves out sections that have nothing to say. */
export function sections(...all: readonly (Section | null)[]): readonly Section[] {
  return all.filter((section): section is Section => section !== null && section.lines.length > 0);
}

export { NONE, UNKNOWN };
