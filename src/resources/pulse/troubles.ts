/** The kinds of which something is wrong, what is not known, and in few words all that is well. */
import { grouped } from '../../core/grouped.ts';
import type { Segment, Tone } from '../../core/styled.ts';
import { truncate, truncateMiddle } from '../../core/text.ts';
import { isProblem } from '../../domain/health.ts';
import type { BaseRow } from '../../domain/rows.ts';
import type { SourceStatus } from '../../domain/status.ts';
import { shortZone } from '../../domain/zones.ts';
import { shortNode } from '../names.ts';
import {
  flow,
  textLine,
  type BoardLine,
  type BoardLink,
  type BoardSection,
  type Field,
} from './board.ts';
import type { KindFacts, PulseFacts, Trouble } from './facts.ts';
import { countOf, type PulseKind } from './kinds.ts';
import { inScope, ofScope } from './scope.ts';

/** Cells of a kind's name, unless one that is told of takes more, and of how many of how many. */
const LABEL = 14;
const COUNT = 12;
/** So many rows with a problem are few enough to be named. */
const NAMED = 3;
/** Cells of a name that stands for a trouble of one. */
const NAME = 28;
/** Cells of what is wrong. */
const WORD = 40;
/** Less of the first (cells) is not worth its place. */
const LEAST = 12;

/** Kinds with a problem, the worst first; then what is not known. */
export function troublesSection(facts: PulseFacts, width: number): BoardSection {
  const troubled = known(facts.kinds);
  const worst = (level: Trouble['level']): readonly KindFacts[] =>
    troubled.filter(({ troubles }) => troubles[0]?.level === level);
  const listed = [...worst('bad'), ...worst('warn')];
  const unknown = unknownLines(
    facts.kinds.filter((each) => !each.kind.isAside && !known([each]).includes(each)),
    width,
  );
  const label = Math.max(LABEL, ...listed.map(({ kind }) => kind.label.length + 1));
  const lines = [...listed.map((kind) => kindLine(kind, facts, label)), ...unknown];
  return {
    id: 'troubles',
    lines,
    least: 5,
    rest: (hidden) => briefLine(listed.slice(lines.length - hidden), unknown.length > 0),
  };
}

/** The kinds that there is no line for. */
function briefLine(kinds: readonly KindFacts[], isMore: boolean): BoardLine {
  const fields = kinds.map(({ kind, troubles }): Field => ({
    id: `kind:${kind.resource.id}`,
    cell: [[countOf(kind, countAll(troubles)), troubles[0]?.level ?? 'warn']],
    link: { to: kind.resource.id, problems: true },
  }));
  const more: Field = { cell: [['? not all is known', 'warn']] };
  return {
    fields: [{ cell: '+', width: 1 }, ...(isMore ? [more] : []), ...fields],
    more: moreKinds,
  };
}

const countAll = (troubles: readonly Trouble[]): number =>
  troubles.reduce((sum, each) => sum + each.count, 0);

/** @param labelWidth cells of the kind's name */
function kindLine(facts: KindFacts, pulse: PulseFacts, labelWidth: number): BoardLine {
  const { kind, troubles, total, status } = facts;
  const level = troubles[0]?.level ?? 'warn';
  const count = countAll(troubles);
  const of = `${grouped(count)} of ${grouped(total)}${status.synced ? '' : '…'}`;
  const example = troubles[0]?.example;
  const all: BoardLink = { to: kind.resource.id, problems: true, ...(example && { example }) };
  return {
    fields: [
      { cell: [[level === 'bad' ? '✗' : '!', level]], width: 1 },
      {
        id: `kind:${kind.resource.id}`,
        cell: [
          [kind.label.padEnd(labelWidth), 'strong'],
          [of.padEnd(COUNT), level],
        ],
        link: all,
        remark: [[`${of} ${kind.label} with a problem`, 'text']],
      },
      ...troubles.map((trouble, i) => ({
        ...troubleField(kind, trouble, pulse, count <= NAMED),
        // That there are so many more says nothing where none is told of.
        ...(i === 0 ? { least: LEAST } : {}),
      })),
    ],
    more: (hidden) => ({
      id: `more:${kind.resource.id}`,
      // So many objects, as the numbers beside it: with it they are all.
      cell: [[`+${grouped(countAll(troubles.slice(-hidden)))}`, 'accent']],
      link: all,
    }),
  };
}

/** @param isNamed one that is alone is told by its name */
function troubleField(
  kind: PulseKind,
  trouble: Trouble,
  { namespace, clock }: PulseFacts,
  isNamed: boolean,
): Field {
  const { level, word, count, example } = trouble;
  const cell: Segment[] =
    count === 1 && isNamed
      ? [
          [truncateMiddle(shortNode(example.name), NAME), 'text'],
          [` ${truncate(word, WORD)}`, level],
        ]
      : [
          [grouped(count), 'text'],
          [` ${truncate(word, WORD)}`, level],
        ];
  const only = (row: BaseRow): boolean => {
    if (!inScope(row, namespace)) return false;
    const health = kind.health(row, { now: clock(), time: 'age' });
    return isProblem(health) && kind.word(row, health) === word;
  };
  return {
    id: `trouble:${kind.resource.id}:${word}`,
    cell,
    link: { to: kind.resource.id, target: ofScope({ label: word, only }, namespace), example },
    remark: [[troubleRemark(trouble), 'text']],
  };
}

/** `4 CrashLoopBackOff: 1a 3, 1b 1 · web 4`. */
function troubleRemark({ word, count, example, spots }: Trouble): string {
  const named = example.namespace === '' ? example.name : `${example.namespace}/${example.name}`;
  const where = [
    tally(spots.map(({ zone, count: n }) => [zone === null ? '?' : shortZone(zone), n])),
    tally(spots.map(({ group, count: n }) => [group ?? '?', n])),
  ].filter((text) => text !== '');
  const told = count === 1 ? named : `${grouped(count)} ${word}, one is ${named}`;
  return [told, ...where].join(' · ');
}

/** How many where, the most first; empty where it is nowhere. */
function tally(each: readonly (readonly [name: string, count: number])[]): string {
  const sums = new Map<string, number>();
  for (const [name, count] of each) sums.set(name, (sums.get(name) ?? 0) + count);
  if ([...sums.keys()].every((name) => name === '')) return '';
  return [...sums]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([name, count]) => `${name === '' ? 'nowhere' : name} ${grouped(count)}`)
    .join(', ');
}

/** What cannot be read is told by why; what is on its way comes last. */
function unknownLines(kinds: readonly KindFacts[], width: number): readonly BoardLine[] {
  const lines = new Map<string, KindFacts[]>();
  for (const each of kinds) {
    const why = whyUnknown(each.status);
    lines.set(why, [...(lines.get(why) ?? []), each]);
  }
  const loading = lines.get('') ?? [];
  const forbidden = lines.get(FORBIDDEN) ?? [];
  lines.delete('');
  lines.delete(FORBIDDEN);
  const told = [...lines].flatMap(([why, each]) => [
    textLine([[`? not known: ${why}`, 'warn']]),
    ...kindFields(each, '', 'warn', why, width),
  ]);
  return [
    ...told,
    ...kindFields(forbidden, '? not known, forbidden:', 'warn', FORBIDDEN, width),
    ...kindFields(loading, '… loading:', 'info', 'loading…', width),
  ];
}

/** What a server says of a refusal names the kind: it is told where one stands on that. */
const FORBIDDEN = 'forbidden';

/** Empty: it is on its way. */
function whyUnknown({ state, reason }: SourceStatus): string {
  if (state === 'denied') return FORBIDDEN;
  return state === 'idle' || state === 'loading' ? '' : reason || state;
}

/** The kinds of which the same is said, one after the other. */
function kindFields(
  kinds: readonly KindFacts[],
  lead: string,
  tone: Tone,
  why: string,
  width: number,
): readonly BoardLine[] {
  const fields = kinds.map(({ kind, status }): Field => ({
    id: `kind:${kind.resource.id}`,
    cell: [[kind.label, 'text']],
    link: { to: kind.resource.id },
    remark: [[`${kind.label}: ${status.hint || status.reason || why}`, tone]],
  }));
  const begin = (line: number): Field => ({
    cell: [[line === 0 ? lead : '', tone]],
    ...((lead === '' || line > 0) && { width: 1 }),
  });
  return flow(fields, width, begin, moreKinds);
}

/** All that is well, in as few words as can be. */
export function calmSection({ kinds }: PulseFacts, width: number): BoardSection {
  const calm = known(kinds).filter(
    ({ kind, total, troubles }) =>
      !kind.isAside && troubles.length === 0 && (total > 0 || kind.spot !== undefined),
  );
  const isAll = calm.every(({ status }) => status.synced) && kinds.every(isCalm);
  const fields = calm.map(({ kind, total, status }): Field => ({
    id: `kind:${kind.resource.id}`,
    cell: [[countOf(kind, total, status.synced ? '' : '…'), 'muted']],
    link: { to: kind.resource.id },
  }));
  const lead = (line: number): Field => ({
    cell: line === 0 ? [['✓', isAll ? 'good' : 'muted']] : '',
    width: 1,
  });
  return { id: 'calm', lines: flow(fields, width, lead, moreKinds), least: 1 };
}

const moreKinds = (hidden: number): Field => ({ cell: [[`+${hidden}`, 'muted']] });

const isCalm = ({ kind, status, troubles }: KindFacts): boolean =>
  (kind.isAside || status.synced) && troubles.length === 0;

/** Those of which something is known by now. */
const known = (kinds: readonly KindFacts[]): readonly KindFacts[] =>
  kinds.filter(({ status, total }) => status.synced || total > 0);
