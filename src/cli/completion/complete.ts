/**
 * What a command line could go on with. Pure but for what is looked up: the shells only say what
 * stands before the cursor and insert what they are told.
 */
import type { ResourceRegistry } from '../../resources/registry.ts';
import { flagOf } from '../args.ts';
import {
  COMMANDS,
  FLAGS,
  type Choices,
  type CommandName,
  type FlagName,
  type Flags,
  type Lookup,
} from '../flags.ts';

/** A word that is offered. */
export interface Candidate {
  readonly word: string;
  readonly description: string;
}

/** Files are the shell's own business. */
export type Completion =
  { readonly kind: 'files' } | { readonly kind: 'words'; readonly words: readonly Candidate[] };

/** Finds the names that the flags given so far lead to; none where they cannot be had. */
export type LookUp = (names: Lookup, flags: Flags) => Promise<readonly Candidate[]>;

const bare = (word: string): Candidate => ({ word, description: '' });
const NONE: Completion = { kind: 'words', words: [] };

/** Where what is offered comes from, beside the declarations of commands and flags. */
export interface Offers {
  readonly resources: ResourceRegistry;
  readonly lookUp: LookUp;
}

/**
 * @param before the words after the program's name, complete ones
 * @param current the word that the cursor is in, as far as the cursor; may be empty
 */
export async function complete(
  before: readonly string[],
  current: string,
  offers: Offers,
): Promise<Completion> {
  const line = read(before);
  if (line.awaiting !== null) return valuesOf(line.awaiting, current, '', line, offers);
  const [, head = '', name = '', value = ''] = /^(--([^=]+)=)(.*)$/s.exec(current) ?? [];
  const flag = name === '' ? null : flagOf(`--${name}`);
  if (flag !== null && !line.ended) return valuesOf(flag, value, head, line, offers);
  if (current.startsWith('-') && !line.ended) return words(flagsFor(line), current);
  return words(await nextWords(line, current, offers), current);
}

/** What stands before the cursor. */
interface Line {
  readonly command: CommandName;
  readonly positionals: readonly string[];
  readonly flags: Flags;
  /** The flag whose value comes next. */
  readonly awaiting: FlagName | null;
  /** After a bare `--` there are no flags any more. */
  readonly ended: boolean;
}

function read(before: readonly string[]): Line {
  const flags: Record<string, string | boolean | readonly string[]> = {};
  const set = (flag: FlagName, value: string): void => {
    const earlier = flags[flag];
    flags[flag] =
      'multiple' in FLAGS[flag]
        ? [...(Array.isArray(earlier) ? (earlier as string[]) : []), value]
        : value;
  };
  const positionals: string[] = [];
  let awaiting: FlagName | null = null;
  let ended = false;
  for (const word of before) {
    const flag = ended ? null : flagOf(word, positionals[0]);
    if (awaiting !== null) {
      set(awaiting, word);
      awaiting = null;
    } else if (word === '--') ended = true;
    else if (flag !== null && FLAGS[flag].type === 'boolean') flags[flag] = true;
    else if (flag !== null && word.includes('=')) set(flag, word.slice(word.indexOf('=') + 1));
    else if (flag !== null) awaiting = flag;
    else if (ended || !word.startsWith('-')) positionals.push(word);
  }
  const [first = 'ui', ...rest] = positionals;
  const known = Object.hasOwn(COMMANDS, first);
  return {
    command: known ? (first as CommandName) : 'ui',
    positionals: known ? rest : positionals,
    flags,
    awaiting,
    ended,
  };
}

/** Flags that belong to the command and were not given, unless they may be repeated. */
function flagsFor({ command, flags }: Line): readonly Candidate[] {
  return Object.entries(FLAGS).flatMap(([name, flag]) => {
    const belongs = !('of' in flag) || (flag.of as readonly string[]).includes(command);
    const again = name in flags && !('multiple' in flag);
    return belongs && !again ? [{ word: `--${name}`, description: flag.help }] : [];
  });
}

async function nextWords(
  { command, positionals, flags }: Line,
  current: string,
  { resources, lookUp }: Offers,
): Promise<readonly Candidate[]> {
  if ((command === 'get' || command === 'logs') && positionals.length === 0) {
    const known = resourceWords(current, resources);
    // Only where no word of ours begins so is the cluster asked.
    const fits = known.some(({ word }) => word.startsWith(current));
    return fits ? known : lookUp('kinds', flags);
  }
  if (command === 'completion' && positionals.length === 0)
    return COMMANDS.completion.words.first.map(bare);
  const begun = command !== 'ui' || positionals.length > 0 || Object.hasOwn(flags, 'command');
  return begun
    ? []
    : Object.entries(COMMANDS)
        .slice(1)
        .map(([word, { help }]) => ({ word, description: help }));
}

/** Resources by their plural; by another of their names where only that begins so. */
function resourceWords(current: string, resources: ResourceRegistry): readonly Candidate[] {
  const plural = resources.all.map(({ id, description }) => ({ word: id, description }));
  if (plural.some(({ word }) => word.startsWith(current))) return plural;
  return resources.all.flatMap((resource) =>
    resources.namesOf(resource).map((word) => ({ word, description: resource.id })),
  );
}

async function valuesOf(
  flag: FlagName,
  current: string,
  head: string,
  line: Line,
  { resources, lookUp }: Offers,
): Promise<Completion> {
  const declared = FLAGS[flag];
  const choices: Choices = 'choices' in declared ? declared.choices : [];
  if (!('of' in choices)) return words(choices.map(bare), current, head);
  switch (choices.of) {
    case 'files':
      return { kind: 'files' };
    case 'columns':
      return words(columns(line, current, resources), current, head);
    case 'commands':
      return words(
        resources.all.map(({ id, description }) => ({ word: `:${id}`, description })),
        current,
        head,
      );
    default:
      return words(await lookUp(choices.of, line.flags), current, head);
  }
}

/** Columns of the resource that the line names; behind a dash they sort downwards. */
function columns(
  { positionals }: Line,
  current: string,
  resources: ResourceRegistry,
): readonly Candidate[] {
  const dash = current.startsWith('-') ? '-' : '';
  const meant = resources.resolve(positionals[0]?.split('/', 1)[0] ?? '', null);
  if (meant.found !== 'one') return [];
  return meant.resource.columns.map(({ id, description }) => ({
    word: `${dash}${id}`,
    description,
  }));
}

function words(candidates: readonly Candidate[], current: string, head = ''): Completion {
  const fitting = candidates.filter(({ word }) => word.startsWith(current) && isPlain(word));
  if (fitting.length === 0) return NONE;
  return {
    kind: 'words',
    words: fitting.map(({ word, description }) => ({ word: head + word, description })),
  };
}

/** A name with a line break or another control character cannot be typed: it is not offered. */
const isPlain = (word: string): boolean => !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(word);
