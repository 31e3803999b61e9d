/** `who-can` and `can-i` behind `:`, read as kubectl reads them. */
import { accessQuestion, USAGE, type AccessQuestion } from '../resources/access-question.ts';
import type { Query } from '../ports/query.ts';
import type { ResourceRegistry } from '../resources/registry.ts';
import { tokensOf } from './command-words.ts';

/** The two questions: who may, by the roles; and whether the user may, by the server. */
export const ASKS = ['who-can', 'can-i'] as const;

export type Ask = (typeof ASKS)[number];

/** What was typed, taken apart. */
export interface AccessCommand {
  readonly ask: Ask;
  readonly question: AccessQuestion;
  /** The namespace that was named, empty for all; null: the one in force is meant. */
  readonly namespace: string | null;
  /** Names of clusters as they stand behind `@`; null: those that are looked at. */
  readonly clusters: string | null;
}

/** What a question may name. */
interface Named {
  readonly resources: ResourceRegistry;
  readonly query: Query | null;
  /** The namespace in force, empty for all. */
  readonly namespace: string;
}

/** What is wrong with it; `word` is a kind that is not known by now. */
export interface AccessMistake {
  readonly message: string;
  readonly word?: string;
}

/** Null: it is another command. */
export function accessCommand(
  text: string,
  vocabulary: Named,
): AccessCommand | AccessMistake | null {
  const [first = '', ...tokens] = tokensOf(text).flatMap(({ text: token, quoted }) =>
    // `--namespace=shop` is two words.
    quoted || !/^--\w+=/.test(token) ? token : token.split(/=(.*)/s, 2),
  );
  const ask = ASKS.find((each) => each === first);
  if (ask === undefined) return null;
  const words: string[] = [];
  let namespace: string | null = null;
  let subresource = '';
  let clusters: string | null = null;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] ?? '';
    const takesValue = /^(?:-n|--namespace|--subresource)$/.test(token);
    if (takesValue && !tokens[i + 1]) return { message: `${token} needs a value` };
    if (token === '-A' || token === '--all-namespaces') namespace = '';
    else if (token === '-n' || token === '--namespace') namespace = tokens[++i] ?? null;
    else if (token === '--subresource') subresource = tokens[++i] ?? '';
    else if (token.startsWith('-')) {
      return { message: `no option ${token}: -n, -A and --subresource there are` };
    } else if (token.startsWith('@')) clusters = token.slice(1);
    else words.push(token);
  }
  if (words.length < 2) return { message: `${ask} takes ${USAGE}` };
  const { resources, query } = vocabulary;
  const where = namespace ?? vocabulary.namespace;
  const asked = { words, namespace: where === 'all' ? '' : where, subresource };
  const question = accessQuestion(asked, resources, query);
  if ('error' in question) return { message: question.error };
  const kinds = query?.status('kinds');
  const isAwaited = kinds?.synced === false && /^(?:idle|loading)$/.test(kinds.state);
  if (question.unresolved !== '' && isAwaited) {
    return { message: question.note, word: question.unresolved };
  }
  return { ask, question, namespace: namespace === null ? null : asked.namespace, clusters };
}
