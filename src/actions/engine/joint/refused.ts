import type { PartFlow } from '../view.ts';

const nothing = (): void => undefined;

/** The part of a cluster of which nothing can be asked. */
export function refusedPart(title: string, where: string, reason: string): PartFlow {
  return {
    ...{ title, subject: '', danger: 0, where, places: [where], targets: [], goesBack: '' },
    state: { stage: 'refused', reason, hint: '' },
    ...{ back: nothing, change: nothing, edit: nothing, submit: nothing, confirm: nothing },
    ...{ stop: nothing, cancel: nothing, run: nothing },
    stands: () => Promise.resolve(false),
    subscribe: () => nothing,
  };
}
