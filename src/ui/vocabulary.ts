/** What a command may name, as it is known now. */
import type { ResourceRegistry } from '../resources/registry.ts';
import type { Vocabulary } from './command-line.ts';
import type { PathWords } from './path-words.ts';
import type { UiConnection, UiSession } from './session.ts';

/** @param connection the one that commands are about; null where there is none */
export function vocabularyOf(
  resources: ResourceRegistry,
  connection: UiConnection | null,
  session: UiSession,
  paths: PathWords,
): Vocabulary {
  const namespaces = [...(connection?.store.rows(resources.namespaces.table) ?? [])].filter(
    isThere,
  );
  return {
    resources,
    query: connection?.store ?? null,
    namespace: connection?.namespace ?? '',
    namespaces: namespaces.map(({ name }) => name).sort(),
    clusters: [...session.fleet.rows(resources.fleet.table)].filter(isThere),
    paths: (typed) => paths.of(typed),
  };
}

const isThere = ({ gone }: { readonly gone: number }): boolean => gone === 0;
