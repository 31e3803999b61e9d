/** What a command may name, as it is known now. */
import { isComing } from '../domain/status.ts';
import type { ResourceRegistry } from '../resources/registry.ts';
import type { Vocabulary } from './command-line.ts';
import type { Navigator } from './navigator.ts';
import type { PathWords } from './path-words.ts';
import type { UiConnection, UiSession } from './session.ts';

/** What is looked at. */
export interface VocabularySource {
  readonly resources: ResourceRegistry;
  /** The connections that commands are about. */
  readonly scope: readonly UiConnection[];
  readonly session: UiSession;
  readonly navigator: Pick<Navigator, 'panes'>;
}

export function vocabularyOf(
  { resources, scope, session, navigator }: VocabularySource,
  paths: PathWords,
): Vocabulary {
  const connection = scope[0] ?? null;
  const { table } = resources.namespaces;
  // Of a list that is still coming it is not known what is not in it.
  const namespaces = scope.some(({ store }) => isComing(store.status(table)))
    ? []
    : scope.flatMap(({ store }) => [...store.rows(table)].filter(isThere));
  return {
    resources,
    query: connection?.store ?? null,
    namespace: connection?.namespace ?? '',
    namespaces: [...new Set(namespaces.map(({ name }) => name))].sort(),
    clusters: [...session.fleet.rows(resources.fleet.table)].filter(isThere),
    profiles: session.scopeChoice.profiles,
    marked: navigator.panes.findLast(({ lists }) => lists === resources.fleet.id)?.marked ?? [],
    paths: (typed) => paths.of(typed),
  };
}

const isThere = ({ gone }: { readonly gone: number }): boolean => gone === 0;
