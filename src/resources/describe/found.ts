/** The describe view of kinds that no file declares: their fields by structure. */
import type { Cell } from '../../core/styled.ts';
import { object, objects, text, texts, without } from '../../core/json.ts';
import type { FoundRow } from '../../domain/kinds.ts';
import type { TableId } from '../../domain/tables/index.ts';
import { isOwnedBy } from '../../domain/workload-pods.ts';
import type { KubeObject } from '../../ports/kube.ts';
import { toned } from '../cells.ts';
import type { DescribeInput, Section } from '../define.ts';
import {
  conditionsSection,
  departure,
  eventsSection,
  inner,
  metadataLines,
  NONE,
  sections,
  when,
  type Line,
} from './common.ts';

/** Tables whose rows such an object may own. */
export const MAY_OWN = [
  'deployments',
  'statefulsets',
  'daemonsets',
  'replicasets',
  'jobs',
  'pods',
] as const satisfies readonly TableId[];

export function describeFound(input: DescribeInput<FoundRow>): readonly Section[] {
  const { row, object: source, events, ctx } = input;
  const { kind, group, version } = row.kind;
  return sections(
    {
      title: kind,
      lines: [
        ['Name', toned(row.name, 'strong')],
        ...(row.namespace === '' ? [] : ([['Namespace', row.namespace]] as const)),
        ['API version', group === '' ? version : `${group}/${version}`],
        ...departure(row, ctx),
        ['Created', when(row.created, ctx)],
        ...ownersOf(source),
        ...finalizersOf(source),
        ...metadataLines(source),
      ],
    },
    ...fieldSections(source),
    conditionsSection(source, ctx),
    { title: 'Owns', lines: ownedBy(input) },
    eventsSection(events, ctx),
  );
}

function ownersOf(source: KubeObject | null): readonly Line[] {
  const owners = objects(source?.metadata['ownerReferences']).map(
    ({ kind, name, controller }): Line => [
      controller === true ? 'Controlled by' : 'Owned by',
      `${text(kind)}/${text(name)}`,
    ],
  );
  return source === null || owners.length > 0 ? owners : [['Controlled by', NONE]];
}

function finalizersOf(source: KubeObject | null): readonly Line[] {
  const finalizers = texts(source?.metadata['finalizers']);
  return finalizers.length === 0 ? [] : [['Finalizers', finalizers.join(', ')]];
}

/** What other sections show, or what says nothing. */
const ELSEWHERE = new Set(['apiVersion', 'kind', 'metadata']);

/** A section for each field of the object, what it is to be before what it is. */
function fieldSections(source: KubeObject | null): readonly Section[] {
  if (source === null) return [];
  return Object.entries(source)
    .filter(([key]) => !ELSEWHERE.has(key))
    .sort(([a], [b]) => Number(a === 'status') - Number(b === 'status'))
    .map(([key, value]) => {
      const shown = key === 'status' ? without(object(value), 'conditions') : value;
      const nested = typeof shown === 'object' && shown !== null;
      return {
        title: key.charAt(0).toUpperCase() + key.slice(1),
        lines: nested ? fieldLines(shown, 0) : [[key, leaf(shown)] as const],
      };
    });
}

/** Beyond this a document is for the YAML view. */
const MOST_LINES = 400;
const DEEPEST = 12;

/** Nested fields as lines that step in. */
function fieldLines(value: unknown, depth: number): readonly Line[] {
  const lines: Line[] = [];
  addLines(value, depth, lines);
  return lines.length < MOST_LINES ? lines : [...lines, toned('… y shows all of it', 'muted')];
}

function addLines(value: unknown, depth: number, lines: Line[]): void {
  if (depth > DEEPEST) return;
  for (const [key, field] of Object.entries(value as Record<string, unknown>)) {
    if (lines.length >= MOST_LINES) return;
    const label = inner(Array.isArray(value) ? `- ${Number(key) + 1}` : key, depth);
    if (typeof field !== 'object' || field === null) lines.push([label, leaf(field)]);
    else if (isShort(field)) lines.push([label, field.map(text).join(', ')]);
    else if (Object.keys(field).length === 0) lines.push([label, NONE]);
    else {
      lines.push([label, '']);
      addLines(field, depth + 1, lines);
    }
  }
}

/** A list of plain values fits a line. */
const isShort = (field: object): field is readonly unknown[] =>
  Array.isArray(field) &&
  field.length > 0 &&
  field.every((each) => typeof each !== 'object' || each === null);

const leaf = (value: unknown): Cell => {
  const shown = text(value);
  return shown === '' ? NONE : shown;
};

/** Objects that have it as their controller, of the kinds that are followed. */
function ownedBy({ row, query }: DescribeInput<FoundRow>): readonly Line[] {
  const isOwned = isOwnedBy(row.kind.kind, row);
  return MAY_OWN.flatMap((table) =>
    [...query.rows(table)]
      .filter((each) => each.gone === 0 && isOwned(each))
      .map((each): Line => [`${table}/${each.name}`, each.namespace]),
  );
}
