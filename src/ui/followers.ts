/** What goes with the connection of the pane on top: header, namespaces, words of its actions. */
import { compareNatural } from '../core/compare.ts';
import type { Tone } from '../core/styled.ts';
import type { SourceStatus } from '../domain/status.ts';
import type { Stop } from '../ports/sink.ts';
import type { ResourceRegistry } from '../resources/registry.ts';
import type { Vocabulary } from './command-line.ts';
import type { HeaderSource } from './header-source.ts';
import type { NamespaceKeys } from './namespaces.ts';
import type { UiConnection } from './session.ts';
import type { Terminal } from './terminal/index.ts';

/** What is told of another connection, and of what changes on it. */
export interface FollowersOwner {
  readonly terminal: Pick<Terminal, 'setTitle'>;
  readonly resources: Pick<ResourceRegistry, 'alwaysRead' | 'namespaces'>;
  readonly header: Pick<HeaderSource, 'follow'>;
  readonly namespaces: Pick<NamespaceKeys, 'offer'>;
  readonly vocabulary: Pick<Vocabulary, 'namespaces'>;
  scheduleDraw(): void;
  /** Says something in the line at the bottom. */
  tell(text: string, tone: Tone): void;
}

export class Followers {
  readonly #owner: FollowersOwner;
  #scope: readonly UiConnection[] = [];
  #stops: readonly Stop[] = [];

  constructor(owner: FollowersOwner) {
    this.#owner = owner;
  }

  /** Goes over to other connections, or to none. */
  follow(scope: readonly UiConnection[]): void {
    const owner = this.#owner;
    owner.header.follow(scope);
    if (scope.length === this.#scope.length && scope.every((each, i) => each === this.#scope[i]))
      return;
    this.stop();
    this.#scope = scope;
    const names = scope.map(({ title }) => title).join(', ');
    owner.terminal.setTitle(names === '' ? 'ekscope' : `ekscope · ${names}`);
    if (scope.length === 0) return;
    const offer = (): void => {
      owner.namespaces.offer(owner.vocabulary.namespaces.toSorted(ordinaryFirst));
      owner.scheduleDraw();
    };
    offer();
    this.#stops = scope.flatMap((connection) => {
      const tellHealth = this.#healthTeller(connection, scope.length > 1);
      return [
        connection.subscribe(tellHealth),
        connection.store.onChange(owner.resources.alwaysRead, tellHealth),
        connection.store.onChange([owner.resources.namespaces.table], offer),
      ];
    });
  }

  /** Says when the state of a connection changes; of one of several, which it is. */
  #healthTeller(connection: UiConnection, isNamed: boolean): () => void {
    let { state } = connection.health;
    return () => {
      const { health, title } = connection;
      if (health.state === state) return;
      const said = healthWords(state, health);
      ({ state } = health);
      if (said) this.#owner.tell(isNamed ? `${title}: ${said.text}` : said.text, said.tone);
    };
  }

  stop(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
  }
}

/** What is worth saying of a change of a connection's state. */
function healthWords(
  before: SourceStatus['state'],
  { state, reason, hint }: SourceStatus,
): { readonly text: string; readonly tone: Tone } | null {
  const advice = hint === '' ? '' : ` · ${hint}`;
  switch (state) {
    case 'stale':
      return {
        text: `connection lost: ${reason}${advice || ' · retrying by itself'}`,
        tone: 'warn',
      };
    case 'expired':
    case 'denied':
      return { text: `${reason}${advice}`, tone: 'bad' };
    case 'live':
      return before === 'stale' || before === 'expired'
        ? { text: 'connected again', tone: 'good' }
        : null;
    default:
      return null;
  }
}

/** What people deploy into comes before what the system runs in. */
function ordinaryFirst(a: string, b: string): number {
  return rank(a) - rank(b) || compareNatural(a, b);
}

const rank = (name: string): number => (name.startsWith('kube-') ? 2 : name === 'default' ? 1 : 0);
