/** What running actions say, in the line at the bottom. */
import type { Operation, Operations } from '../actions/engine/view.ts';
import type { Tone } from '../core/styled.ts';
import type { ClusterKey } from '../domain/cluster-key.ts';
import type { Stop } from '../ports/sink.ts';

/** How an operation's state looks. */
export const OPERATION_GLYPHS: Readonly<
  Record<Operation['state'], readonly [glyph: string, tone: Tone]>
> = {
  working: ['…', 'info'],
  done: ['✓', 'good'],
  failed: ['✗', 'bad'],
  undone: ['↶', 'muted'],
};

/** Where it is said. */
interface NoticeHost {
  /** The clusters that are looked at. */
  readonly scope: readonly { readonly cluster: ClusterKey }[];
  readonly tell: (text: string, tone: Tone) => void;
}

/**
 * Flashes what an operation says where it is new or says something else, the newest last; and that
 * the newest can be taken back, where that is known only later. Of a cluster that is not looked at it
 * says which that is: there U takes nothing back, and another may have the same name.
 */
export function followOperations(operations: Operations, host: NoticeHost): Stop {
  const words = ({ state, text }: Operation): string => `${state} ${text}`;
  const tell = (operation: Operation, undo: boolean): void => {
    const group = groupOf(operation, operations.all);
    const [glyph, tone] = OPERATION_GLYPHS[worstOf(group)];
    const looked = new Set(host.scope.map(({ cluster }) => cluster));
    const isHere = group.some(({ cluster }) => looked.has(cluster));
    const alone = `${glyph} ${operation.text}${isHere ? '' : ` · on ${operation.where}`}`;
    const text = group.length > 1 ? group.map(namedText).join(' · ') : alone;
    host.tell(`${text}${undo && isHere ? ' · U undo' : ''}`, tone);
  };
  const said = new Map(operations.all.map((operation) => [operation.id, words(operation)]));
  const offered = new Set(said.keys());
  return operations.subscribe(() => {
    const newest = operations.all.at(-1);
    for (const operation of operations.all) {
      const { id, state } = operation;
      const undo = operation.undo && state !== 'working';
      const isOffer = undo && operation === newest && !offered.has(id);
      if (said.get(id) === words(operation) && !isOffer) continue;
      said.set(id, words(operation));
      // That an action was taken back is told by what took it back.
      if (state === 'undone') continue;
      if (undo) offered.add(id);
      tell(operation, undo);
    }
  });
}

/** What was confirmed with it, and it: of each cluster what stands there. */
const groupOf = (operation: Operation, all: readonly Operation[]): readonly Operation[] =>
  operation.together === null
    ? [operation]
    : all.filter(({ together }) => together?.group === operation.together?.group);

function namedText({ state, text, together }: Operation): string {
  const [glyph] = OPERATION_GLYPHS[state];
  return `${glyph} ${together?.name ?? ''}: ${text}`;
}

/** One that failed is not hidden by those that were done, nor one that is under way. */
const worstOf = (group: readonly Operation[]): Operation['state'] =>
  (['failed', 'working', 'done'] as const).find((state) =>
    group.some((operation) => operation.state === state),
  ) ?? 'undone';
