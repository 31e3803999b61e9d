/** What `:` understands. */
import { isIP } from 'node:net';
import { hostIn, isHostName } from '../core/host-name.ts';
import { nearest } from '../core/nearest.ts';
import type { ClusterKey } from '../domain/cluster-key.ts';
import { choicesOf, clustersNamed, type NamedCluster } from '../domain/cluster-names.ts';
import type { AnyResource } from '../resources/define.ts';
import type { Query } from '../ports/query.ts';
import type { ResourceRegistry, Resolution } from '../resources/registry.ts';
import { PULSE } from '../resources/pulse/index.ts';
import type { AccessQuestion } from '../resources/access-question.ts';
import { THEME_NAMES } from '../theme/index.ts';
import { accessCommand, ASKS, type Ask } from './access-command.ts';
import { applyCommand, type ApplyCommand } from './apply-command.ts';
import { commandWords } from './command-words.ts';
import { scopesCommand, type ScopeChange } from './scopes-command.ts';
import { whyCommand, type WhyCommand } from './why-command.ts';

/** A command that makes sense, or what is wrong with it. */
export type Command =
  | {
      readonly kind: 'resource';
      readonly resource: AnyResource;
      /** Null: as it is. Empty: all. */
      readonly namespace: string | null;
      readonly filter: string;
      /** Empty: those that are looked at. Several: together, in this order. */
      readonly clusters: readonly ClusterKey[];
    }
  | {
      readonly kind: 'pulse';
      /** Null: as it is. Empty: all. */
      readonly namespace: string | null;
      /** Empty: those that are looked at. */
      readonly clusters: readonly ClusterKey[];
    }
  | { readonly kind: 'cluster'; readonly cluster: ClusterKey }
  | { readonly kind: 'disconnect'; readonly clusters: readonly ClusterKey[] }
  | { readonly kind: 'namespace'; readonly name: string }
  | { readonly kind: 'theme'; readonly name: string }
  /** Both null: they are chosen from a list. */
  | ({ readonly kind: 'scopes' } & ScopeChange)
  | ({ readonly kind: 'apply' } & ApplyCommand)
  | {
      readonly kind: 'access';
      readonly ask: Ask;
      readonly question: AccessQuestion;
      /** Null: as it is. */
      readonly namespace: string | null;
      /** Empty: those that are looked at. */
      readonly clusters: readonly ClusterKey[];
    }
  | ({ readonly kind: 'why' } & WhyCommand)
  /** An IP, or a host with a scheme or a port: what has it is gone to. */
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'help' }
  | { readonly kind: 'quit' }
  | { readonly kind: 'error'; readonly message: string }
  /** No command, and no kind that is known by now; it may be the name of a host. */
  | { readonly kind: 'unknown'; readonly word: string; readonly message: string };

/** What a command may name, and what is said of what it cannot. */
export interface Vocabulary {
  readonly resources: ResourceRegistry;
  /** The cluster that is looked at, which may have kinds of its own; null for none. */
  readonly query: Query | null;
  /** The namespace in force, empty for all. */
  readonly namespace: string;
  readonly namespaces: readonly string[];
  readonly clusters: readonly NamedCluster[];
  /** Profiles of the AWS configuration. */
  readonly profiles: readonly string[];
  /** Those that are marked in the pane of clusters. */
  readonly marked: readonly ClusterKey[];
  /** Paths that a typed one may go on as, as far as that is known by now. */
  readonly paths: (typed: string) => readonly string[];
}

const QUIT: ReadonlySet<string> = new Set(['q', 'q!', 'qa', 'quit', 'exit']);
const PULSES: ReadonlySet<string> = new Set([PULSE, 'pulses', 'pu', 'hz']);
const HELP: ReadonlySet<string> = new Set(['h', '?', 'help']);
/** Words that are commands of their own. */
export const WORDS = [
  'apply',
  ...ASKS,
  'disconnect',
  'help',
  PULSE,
  'quit',
  'profiles',
  'regions',
  'theme',
  'why',
] as const;

/** Reads a command: `pods kube-system -l app=web /api @prod`, `ctx prod`, `ns shop`, `q`. */
export function parseCommand(text: string, vocabulary: Vocabulary): Command {
  const special = askApply(text) ?? askCommand(text, vocabulary) ?? askWhy(text, vocabulary);
  if (special !== null) return special;
  const pasted = hostIn(text);
  if (isIP(pasted) > 0 || isHostName(pasted)) return { kind: 'address', address: pasted };
  const { words, filter, cluster, error } = commandWords(text);
  const [first = '', second] = words;
  if (error !== '') return { kind: 'error', message: error };
  if (QUIT.has(first)) return { kind: 'quit' };
  if (HELP.has(first)) return { kind: 'help' };
  if (first === 'theme') return themeCommand(second);
  const scopes = scopesCommand(words);
  if (scopes !== null) return { kind: 'scopes', ...scopes };
  if (PULSES.has(first)) return pulseCommand(second, cluster, vocabulary);
  if (first === '' && cluster !== null) return clusterCommand(cluster, vocabulary);
  if (first === 'disconnect') {
    return disconnectCommand(cluster ?? words.slice(1).join(' '), vocabulary);
  }
  const meant = vocabulary.resources.resolve(first, vocabulary.query);
  if (isIP(first) > 0) return { kind: 'address', address: first };
  if (meant.found !== 'one') {
    const message = unresolved(first, meant, vocabulary);
    return meant.found === 'none' && first !== ''
      ? { kind: 'unknown', word: first, message }
      : { kind: 'error', message };
  }
  const { resource } = meant;
  // Names of contexts may have blanks.
  if (resource.role === 'fleet' && second !== undefined)
    return clusterCommand(words.slice(1).join(' '), vocabulary);
  if (resource.role === 'namespace' && second !== undefined) {
    return namespaceCommand(second, vocabulary);
  }
  if (words.length > 2) {
    return { kind: 'error', message: `too many words after '${first}': a filter begins with /` };
  }
  return resourceCommand(resource, { namespace: second, filter, cluster }, vocabulary);
}

/** `apply PATH`; null: it is another command. */
function askApply(text: string): Command | null {
  const asked = applyCommand(text);
  if (asked === null) return null;
  return 'message' in asked ? { kind: 'error', ...asked } : { kind: 'apply', ...asked };
}

/** `who-can delete pods -n shop`, `can-i …`; null: it is another command. */
function askCommand(text: string, vocabulary: Vocabulary): Command | null {
  const asked = accessCommand(text, vocabulary);
  if (asked === null) return null;
  if ('message' in asked) {
    const { message, word } = asked;
    return word === undefined ? { kind: 'error', message } : { kind: 'unknown', word, message };
  }
  const clusters = asked.clusters === null ? [] : clustersOf(asked.clusters, vocabulary);
  if ('kind' in clusters) return clusters;
  if (asked.namespace !== null && asked.namespace !== '') {
    const found = namespaceCommand(asked.namespace, vocabulary);
    if (found.kind === 'error') return found;
  }
  return { kind: 'access', ...asked, clusters };
}

/** `why`, `why api-0`, `why deploy/api -n shop`; null: it is another command. */
function askWhy(text: string, vocabulary: Vocabulary): Command | null {
  const asked = whyCommand(text);
  if (asked === null) return null;
  if ('message' in asked) return { kind: 'error', message: asked.message };
  if (asked.namespace !== null) {
    const found = namespaceCommand(asked.namespace, vocabulary);
    if (found.kind === 'error') return found;
  }
  return { kind: 'why', ...asked };
}

function resourceCommand(
  resource: AnyResource,
  words: {
    readonly namespace: string | undefined;
    readonly filter: string;
    readonly cluster: string | null;
  },
  vocabulary: Vocabulary,
): Command {
  let namespace: string | null = null;
  if (words.namespace !== undefined) {
    if (resource.scope !== 'namespaced') {
      return { kind: 'error', message: `${resource.id} have no namespace` };
    }
    const found = namespaceCommand(words.namespace, vocabulary);
    if (found.kind === 'error') return found;
    namespace = found.name;
  }
  const clusters = words.cluster === null ? [] : clustersOf(words.cluster, vocabulary);
  if ('kind' in clusters) return clusters;
  return { kind: 'resource', resource, namespace, filter: words.filter, clusters };
}

function pulseCommand(
  second: string | undefined,
  cluster: string | null,
  vocabulary: Vocabulary,
): Command {
  const found = second === undefined ? null : namespaceCommand(second, vocabulary);
  if (found?.kind === 'error') return found;
  const clusters = cluster === null ? [] : clustersOf(cluster, vocabulary);
  if ('kind' in clusters) return clusters;
  return { kind: 'pulse', namespace: found?.name ?? null, clusters };
}

function namespaceCommand(
  name: string,
  { namespaces }: Vocabulary,
): Extract<Command, { kind: 'namespace' | 'error' }> {
  if (nameOf(name) === '') return { kind: 'namespace', name: '' };
  // Where namespaces could not be listed, any may exist.
  if (namespaces.length === 0 || namespaces.includes(name)) return { kind: 'namespace', name };
  // No name of a namespace has such a sign: it is what filters are made of.
  const hint = /[:<>=~|]/.test(name) ? `; /${name} filters` : didYouMean(name, namespaces);
  return { kind: 'error', message: `no namespace '${name}'${hint}` };
}

/** Stands for the clusters that are marked, unless a cluster has this name. */
export const MARKED = 'marked';

/** The clusters of `prod-eu,prod-us` or `marked`, each once; each of the names must mean one. */
function clustersOf(
  words: string,
  vocabulary: Vocabulary,
): readonly ClusterKey[] | Extract<Command, { kind: 'error' }> {
  // The name of a context may have commas.
  const whole = clustersNamed(vocabulary.clusters, words).length > 0;
  if (words === MARKED && !whole) {
    if (vocabulary.marked.length > 0) return vocabulary.marked;
    return { kind: 'error', message: 'no cluster is marked: space marks one in :clusters' };
  }
  const keys = new Set<ClusterKey>();
  const names = words.split(',').map((word) => word.trim().replace(/^@/, ''));
  for (const word of whole ? [words] : names.filter((name) => name !== '')) {
    const found = clusterCommand(word, vocabulary);
    if (found.kind === 'error') return found;
    if (found.kind === 'cluster') keys.add(found.cluster);
  }
  if (keys.size > 0) return [...keys];
  return { kind: 'error', message: '@ needs the name of a cluster, or several with commas' };
}

function disconnectCommand(words: string, vocabulary: Vocabulary): Command {
  if (words === '') return { kind: 'error', message: 'disconnect needs the name of a cluster' };
  const clusters = clustersOf(words, vocabulary);
  return 'kind' in clusters ? clusters : { kind: 'disconnect', clusters };
}

/** Which cluster is meant must be certain: of several the candidates are named, none is taken. */
function clusterCommand(word: string, { clusters }: Vocabulary): Command {
  const [only, another] = clustersNamed(clusters, word);
  if (only === undefined) {
    const names = clusters.flatMap(({ name, context }) => [name, context]).filter(Boolean);
    return { kind: 'error', message: `no cluster '${word}'${didYouMean(word, names)}` };
  }
  if (another === undefined) return { kind: 'cluster', cluster: only.id };
  const candidates = clustersNamed(clusters, word);
  const message = `'${word}' may be any of ${candidates.length}: ${choicesOf(candidates, clusters)}`;
  return { kind: 'error', message };
}

const themeCommand = (name: string | undefined): Command =>
  name === undefined
    ? { kind: 'error', message: `theme needs a name: ${THEME_NAMES.join(', ')}` }
    : { kind: 'theme', name };

/** Why a word is no resource that can be shown. */
function unresolved(
  word: string,
  meant: Exclude<Resolution, { found: 'one' }>,
  { resources, query }: Vocabulary,
): string {
  if (word === '') return `type a resource, e.g. ${resources.home.id}, or help`;
  switch (meant.found) {
    case 'several':
      return `'${word}' may be any of ${meant.names.length}: ${meant.names.join(', ')}`;
    case 'none':
      return `no resource or command '${word}'${suggestion(resources.nearest(word, query, WORDS))}`;
  }
}

/** A namespace as typed; empty for all. */
const nameOf = (typed: string): string => (typed === 'all' || typed === '*' ? '' : typed);

const didYouMean = (word: string, known: readonly string[]): string =>
  suggestion(nearest(word, known));

const suggestion = (like: string | null): string =>
  like === null ? '' : `; did you mean '${like}'?`;
