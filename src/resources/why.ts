/** A finding as text: in a description, and as a view of its own. */
import type { Cell, Segment, Tone } from '../core/styled.ts';
import type { Health } from '../domain/health.ts';
import type { Certainty, Evidence, Finding } from '../domain/why/finding.ts';
import { time } from './cells.ts';
import type { RowContext, Section } from './define.ts';

const CERTAINTY: Readonly<Record<Certainty, readonly [text: string, tone: Tone]>> = {
  said: ['as the cluster says itself', 'muted'],
  deduced: ['follows from what was read', 'muted'],
  unknown: ['not known: what would tell could not be read', 'warn'],
};

/** All was read, and none of it tells. */
const UNTOLD: Segment = ['not known: nothing that could be read tells more', 'warn'];

const certaintyOf = ({ certainty, unread }: Finding): Segment =>
  certainty === 'unknown' && unread.length === 0 ? UNTOLD : CERTAINTY[certainty];

/** The heading over the pieces of evidence, one line each. */
export const EVIDENCE = 'Evidence';

/** A source of evidence wider than this (cells) pushes its text. */
const WIDEST = 26;

function evidenceLines(evidence: readonly Evidence[], ctx: RowContext): readonly Cell[] {
  const widths = evidence.map(({ source }) => source.length).filter((width) => width <= WIDEST);
  const width = Math.max(0, ...widths);
  return evidence.map(({ source, text, at = 0 }): Cell => {
    const segments: Segment[] = [
      [`${source.padEnd(width)}  `, 'accent'],
      [text.replace(/\s+/g, ' ').trim(), 'text'],
    ];
    const ago = { now: ctx.now, time: 'age' } as const;
    return at > 0 ? [...segments, [`  ${time(at, ago)} ago`, 'muted']] : segments;
  });
}

const sentenceLine = ({ sentence, certainty }: Finding): Cell => [
  [sentence, certainty === 'unknown' ? 'warn' : 'strong'],
];

/** What is said where no rule finds a cause: what the row says itself, or that nothing is wrong. */
export const noFinding = ({ level, cause }: Health, singular: string): string => {
  if (cause !== '') return cause;
  if (level === 'ok') return `nothing is wrong with this ${singular} that the cluster tells`;
  return level === 'busy' ? `this ${singular} is on its way` : 'no cause is known';
};

/** The finding in full. */
export function whySections(finding: Finding, ctx: RowContext): readonly Section[] {
  const { evidence, next, unread } = finding;
  const all: readonly Section[] = [
    { title: 'Why', lines: [sentenceLine(finding), [certaintyOf(finding)]] },
    { title: EVIDENCE, lines: evidenceLines(evidence, ctx) },
    {
      title: 'What to do',
      lines: next.map((step): Cell => [
        ['› ', 'muted'],
        [step, 'text'],
      ]),
    },
    { title: 'Not known', lines: unread.map((each): Cell => [[`? ${each}`, 'warn']]) },
  ];
  return all.filter(({ lines }) => lines.length > 0);
}

/** The finding as the first section of a description, which has the object's conditions anyway. */
export function whySection(finding: Finding, ctx: RowContext): Section {
  const { next, unread } = finding;
  const others = finding.evidence.filter(({ source }) => !source.startsWith('condition '));
  const evidence = others.length > 0 ? others : finding.evidence;
  return {
    title: 'Why',
    lines: [
      sentenceLine(finding),
      ...evidenceLines(evidence, ctx),
      ...next.map((step): Cell => [
        ['› ', 'muted'],
        [step, 'text'],
      ]),
      ...unread.map((each): Cell => [[`? ${each}`, 'warn']]),
    ],
  };
}
