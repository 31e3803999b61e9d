/** How what is typed behind `:` could go on. */
import { ALL_PROFILES, ALL_REGIONS, REGION_PLACES } from '../domain/aws-regions.ts';
import { wordOf } from '../domain/cluster-names.ts';
import { VERBS } from '../resources/access-question.ts';
import type { AnyResource } from '../resources/define.ts';
import { rowsNamed } from '../resources/row-subject.ts';
import { THEME_NAMES } from '../theme/index.ts';
import { ASKS } from './access-command.ts';
import { MARKED, WORDS, type Vocabulary } from './command-line.ts';
import { isProfiles, isRegions } from './scopes-command.ts';

/** How the last word of a text could go on: complete words, the likeliest first. */
export function completions(text: string, vocabulary: Vocabulary): readonly string[] {
  if (isApply(text)) return matching(lastWord(text), vocabulary.paths(lastWord(text)));
  if (/\s\//.test(text)) return [];
  const words = text.split(/\s+/);
  const last = lastWord(text);
  if (last.startsWith('@')) return clusterCompletions(last, vocabulary);
  if (words.length === 1) return last === '' ? [] : firstWords(last, vocabulary);
  const first = words[0] ?? '';
  if (ASKS.some((ask) => ask === first)) return askCompletions(words, vocabulary);
  if (words.length > 2) return [];
  if (first === 'why') return whyCompletions(last, vocabulary);
  if (first === 'theme') return matching(last, THEME_NAMES);
  if (isProfiles(first)) {
    return listCompletions(last, '', [...vocabulary.profiles, ALL_PROFILES]);
  }
  if (isRegions(first)) {
    return listCompletions(last, '', [ALL_REGIONS, ...REGION_PLACES.keys()]);
  }
  if (first === 'disconnect') return matching(last, clusterWords(vocabulary));
  const resource = resourceNamed(first, vocabulary);
  if (resource?.role === 'fleet') return matching(last, clusterWords(vocabulary));
  if (resource?.role === 'namespace' || resource?.scope === 'namespaced') {
    return matching(last, ['all', ...vocabulary.namespaces]);
  }
  return [];
}

const lastWord = (text: string): string => text.split(/\s+/).at(-1) ?? '';

const isApply = (text: string): boolean => /^\s*apply\s/.test(text);

/** What a short name stands for comes first: the suggestion is then what enter does. */
function firstWords(prefix: string, vocabulary: Vocabulary): readonly string[] {
  const meant = resourceNamed(prefix, vocabulary)?.id;
  const { resources, query } = vocabulary;
  const known = [...resources.all, ...resources.found(query)].map(({ id }) => id);
  const words = matching(prefix, [...known, ...WORDS]);
  return meant !== undefined && words.includes(meant)
    ? [meant, ...words.filter((word) => word !== meant)]
    : words;
}

const matching = (prefix: string, words: readonly string[]): readonly string[] =>
  words.filter((word) => word.startsWith(prefix) && word !== prefix);

/** A verb, a resource, a namespace behind `-n`. */
function askCompletions(words: readonly string[], vocabulary: Vocabulary): readonly string[] {
  const last = words.at(-1) ?? '';
  if (/^(?:-n|--namespace)$/.test(words.at(-2) ?? '')) {
    return matching(last, vocabulary.namespaces);
  }
  if (words.length === 2) return matching(last, VERBS);
  const { resources, query } = vocabulary;
  const known = [...resources.all, ...resources.found(query)].map(({ id }) => id);
  return words.length === 3 && last !== '' ? matching(last, known) : [];
}

/** More names than this help nobody who types one. */
const MOST_NAMES = 50;

/** `deployment/`, and behind the slash what there is of that kind. */
function whyCompletions(last: string, vocabulary: Vocabulary): readonly string[] {
  const { resources, query, namespace } = vocabulary;
  const [type = '', name] = last.split(/\/(.*)/s, 2);
  if (name === undefined) {
    const explained = resources.all.filter(({ why }) => why !== undefined);
    return last === ''
      ? []
      : matching(
          last,
          explained.map(({ singular }) => `${singular}/`),
        );
  }
  const resource = resourceNamed(type, vocabulary);
  if (resource === null || query === null) return [];
  const within = namespace === 'all' ? '' : namespace;
  const rows = rowsNamed(resource.table, name, within, query).slice(0, MOST_NAMES);
  return matching(last, [...new Set(rows.map((row) => `${type}/${row.name}`))].sort());
}

/** The one resource that a word means; null where it means none, or several. */
function resourceNamed(word: string, { resources, query }: Vocabulary): AnyResource | null {
  const meant = resources.resolve(word, query);
  return meant.found === 'one' ? meant.resource : null;
}

/** How the last name behind `@` could go on; names that stand there already are not told again. */
function clusterCompletions(last: string, vocabulary: Vocabulary): readonly string[] {
  const more = !last.includes(',') && vocabulary.marked.length > 0 ? [MARKED] : [];
  return listCompletions(last, '@', [...clusterWords(vocabulary), ...more]);
}

/** How the last of several names, parted by commas, could go on; `mark` stands before the first. */
function listCompletions(last: string, mark: string, names: readonly string[]): readonly string[] {
  const before = last.slice(0, Math.max(last.lastIndexOf(',') + 1, mark.length));
  const named = before.slice(mark.length).split(',');
  return matching(
    last,
    names.filter((name) => !named.includes(name)).map((name) => before + name),
  );
}

/** Words that each mean one cluster. */
const clusterWords = ({ clusters }: Vocabulary): readonly string[] =>
  clusters.flatMap((row) => wordOf(row, clusters) ?? []).sort();
