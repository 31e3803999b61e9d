/** The text that an object is edited in: YAML with a few words above it. */
import { isEqual } from '../../core/equal.ts';
import { at, object, type Json } from '../../core/json.ts';
import { readKubeYaml, rewriteKubeYaml, writeKubeYaml } from '../../core/kube-yaml.ts';
import {
  merge,
  withoutNulls,
  differences,
  type Clash,
  type Difference,
} from '../../core/merge-objects.ts';
import { reasonOf } from '../../core/words.ts';
import type { KubeObject } from '../../ports/kube.ts';
import type { Draft } from '../../ports/local.ts';

const HEAD = [
  '# Edit the object below and save it. Lines that begin with # are not sent, and an',
  '# empty file changes nothing. Before anything is sent you are shown what, and asked.',
];

/** What of an object is edited. */
export interface Editable {
  /** With who set which field. */
  readonly managedFields: boolean;
}

/**
 * An object as it is edited: without what the server counts and keeps by itself, or it would look as
 * if somebody had changed it whenever the status did.
 */
export function editable({ metadata, ...rest }: KubeObject, { managedFields }: Editable): Json {
  const kept = Object.entries(metadata).filter(
    ([key]) =>
      !['resourceVersion', 'generation', 'selfLink'].includes(key) &&
      (managedFields || key !== 'managedFields'),
  );
  return withoutNulls({ ...ordered(rest), metadata: Object.fromEntries(kept) }) as Json;
}

/** What an object is first, what the server says of it last, as people know them. */
const ordered = ({ apiVersion, kind, status, ...rest }: Json): Json => ({
  apiVersion,
  kind,
  metadata: {},
  ...rest,
  ...(status !== undefined && { status }),
});

/** The text to begin with. */
export function draftOf(object: Json, said: string): Draft {
  return { text: headed(writeKubeYaml(object), said), origin: JSON.stringify(object) };
}

/** What was written, and what it comes to. */
export interface Judged {
  /** Why it cannot be sent; empty: it can. */
  readonly trouble: string;
  /** What the object is to become: what was written, and what others changed meanwhile. */
  readonly wanted: Json;
  /** What others changed since the text was begun. */
  readonly meanwhile: readonly Difference[];
  /** The object as the text was begun with, as it is now, and as it was written; null: no object. */
  readonly before: Json;
  readonly theirs: Json;
  readonly mine: Json | null;
  /** The text to go on with, on the object as it is now. */
  readonly draft: (said: string) => Draft;
}

/** Judges what was written by the object as it is now. */
export function judge({ text, origin }: Draft, now: KubeObject): Judged {
  const before = object(JSON.parse(origin));
  const managedFields = at(before, 'metadata', 'managedFields') !== undefined;
  const theirs = editable(now, { managedFields });
  const meanwhile = differences(before, theirs).filter(({ path }) => !path.startsWith('.status'));
  const wrong = (trouble: string): Judged => ({
    trouble,
    wanted: theirs,
    meanwhile,
    before,
    theirs,
    mine: null,
    draft: (said) => ({ text: headed(text, said), origin }),
  });
  let written: Json;
  try {
    written = readObject(text);
  } catch (error) {
    return wrong(reasonOf(error));
  }
  const changed = IDENTITY.find((path) => !isEqual(at(written, ...path), at(before, ...path)));
  if (changed !== undefined)
    return wrong(
      `${changed.join('.')} cannot be changed: it says which object this is; :apply makes another one`,
    );
  const mine = withoutNulls(written) as Json;
  const { value, clashes } = merge(before, mine, theirs);
  const wanted = object(value);
  return {
    trouble: clashes.length === 0 ? '' : clashText(clashes),
    wanted,
    meanwhile,
    before,
    theirs,
    mine,
    draft: (said) => ({
      text: headed(rewriteKubeYaml(text, mine, wanted), said, meanwhile, clashes),
      origin: JSON.stringify(theirs),
    }),
  };
}

const IDENTITY = [
  ['apiVersion'],
  ['kind'],
  ['metadata', 'name'],
  ['metadata', 'namespace'],
  ['metadata', 'uid'],
] as const;

/** @throws Error with a sentence */
function readObject(text: string): Json {
  if (bare(text) === '') throw new Error('the file is empty: nothing is sent');
  const value = readKubeYaml(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('this is no object: keys and their values are expected');
  return value as Json;
}

const bare = (text: string): string => text.replaceAll(/^\s*(#.*)?$/gm, '').trim();

/** Which fields somebody else changed in another way; secrets may be among the values. */
function clashText(clashes: readonly Clash[]): string {
  const [first] = clashes;
  const more = clashes.length > 1 ? ` and ${clashes.length - 1} more` : '';
  return `somebody else changed ${first?.path ?? ''}${more} meanwhile, and you did too: edit again to choose`;
}

/** The text with our words above it, in the place of those that stood there. */
function headed(
  text: string,
  said: string,
  meanwhile: readonly Difference[] = [],
  clashes: readonly Clash[] = [],
): string {
  const lines = text.split('\n');
  let from = 0;
  if (lines[0] === HEAD[0]) while (lines[from]?.startsWith('#') === true) from++;
  const both = new Set(clashes.map(({ path }) => path));
  const others = meanwhile.filter(({ path }) => !both.has(path));
  const words = [
    ...(said === '' ? [] : [`It was not sent: ${said}`]),
    ...clashes.map(
      ({ path, theirs, mine }) =>
        `Changed by both: ${path} is ${valueText(theirs)} now; you wrote ${valueText(mine)}, which stands below`,
    ),
    ...others.map(
      ({ path, before, after }) =>
        `Changed meanwhile by others: ${path} was ${valueText(before)}, is ${valueText(after)}`,
    ),
  ];
  const above = [...HEAD, '#', ...words.flatMap((each) => comment(each))];
  return [...above, ...lines.slice(from)].join('\n');
}

const valueText = (value: unknown): string =>
  value === undefined ? 'not there' : JSON.stringify(value);

/** Widest line of a comment. */
const WIDTH = 79;

function comment(text: string): readonly string[] {
  const lines: string[] = [];
  let line = '#';
  for (const word of text.split(/\s+/)) {
    if (line.length + word.length > WIDTH && line !== '#') {
      lines.push(line);
      line = '#  ';
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}
