/** What running actions say, in the line at the bottom. */
import type { Operation, Operations } from '../actions/view.ts';
import type { Tone } from '../core/styled.ts';
import type { Stop } from '../ports/sink.ts';

/** How an operation's state looks. */
export const OPERATION_LOOK: Readonly<
  Record<Operation['state'], readonly [glyph: string, tone: Tone]>
> = {
  working: ['…', 'info'],
  done: ['✓', 'good'],
  failed: ['✗', 'bad'],
  undone: ['↶', 'muted'],
};

/** Flashes what an operation says where it is new or says something else, the newest last. */
export function followOperations(
  operations: Operations,
  flash: (text: string, tone: Tone) => void,
): Stop {
  const words = ({ id, state, text }: Operation): string => `${id} ${state} ${text}`;
  let said = new Set(operations.all.map(words));
  return operations.subscribe(() => {
    for (const operation of operations.all) {
      // That an action was taken back is told by what took it back.
      if (said.has(words(operation)) || operation.state === 'undone') continue;
      const [glyph, tone] = OPERATION_LOOK[operation.state];
      const undo = operation.undo && operation.state !== 'working' ? ' · U undo' : '';
      flash(`${glyph} ${operation.text}${undo}`, tone);
    }
    said = new Set(operations.all.map(words));
  });
}
