/** Actions on rows of several clusters: asked in one dialog, done by the connection of each. */
import { Joint } from '../../actions/engine/joint/flow.ts';
import { refusedPart } from '../../actions/engine/joint/refused.ts';
import type { JointFlow, NamedPart } from '../../actions/engine/joint/view.ts';
import type { ActionTarget, AnyAction } from '../../actions/engine/define.ts';
import type { ActionRunner, Available, Operation, Operations } from '../../actions/engine/view.ts';
import type { PaneCommand } from '../pane.ts';

/** A cluster that is acted on with others, and which of its objects are meant. */
export interface ActingPart extends NamedPart {
  readonly actions: ActionRunner;
  readonly targets: readonly ActionTarget[];
}

/** Whether it may be given objects of several clusters. */
const isJoint = ({ many, anywhere }: AnyAction): boolean => many && anywhere !== true;

/** The dialog of an action on several clusters; or why there is none. */
export function startTogether(
  id: string,
  resource: string,
  parts: readonly ActingPart[],
  operations: Operations,
): JointFlow | string {
  const [first] = parts;
  const offered = first?.actions.available(resource, first.targets) ?? [];
  const action = offered.find(({ action }) => action.id === id)?.action;
  if (action === undefined || !isJoint(action)) return oneAtATime(parts);
  const flows = parts.map(({ actions, targets, ...part }) => ({
    ...part,
    flow: actions.startPart(id, targets),
  }));
  return new Joint(action.title, flows, operations);
}

/** The actions that can be taken on several clusters, with the reasons why none of them takes it. */
export function commandsTogether(
  resource: string,
  parts: readonly ActingPart[],
): readonly PaneCommand[] {
  const offered = parts.map(({ name, actions, targets }) => ({
    name,
    list: actions.available(resource, targets),
  }));
  return (offered[0]?.list ?? []).map(({ action }) => {
    const each = offered.flatMap(({ name, list }) =>
      list.filter((other) => other.action.id === action.id).map((found) => ({ name, found })),
    );
    return {
      id: `action:${action.id}`,
      title: action.description,
      disabled: isJoint(action) ? whyNone(each, ({ disabled }) => disabled) : oneAtATime(parts),
      denied: async () => {
        const denied = await Promise.all(each.map(({ found }) => found.denied()));
        return whyNone(each, (found) => denied[each.findIndex((one) => one.found === found)] ?? '');
      },
    };
  });
}

/** What an action of several clusters did last, taken back on each; null where it was of one. */
export function undoTogether(
  { together }: Operation,
  partOf: (operation: Operation) => NamedPart & { readonly actions: ActionRunner | null },
  operations: Operations,
): JointFlow | null {
  if (together === null) return null;
  const done = operations.all.filter(
    (each) => each.together?.group === together.group && each.state !== 'undone',
  );
  const parts = done.flatMap((operation) => {
    const { actions, ...part } = partOf(operation);
    const { title, where, id } = operation;
    const reason = `not connected any more: what was done there stays: ${title}`;
    const flow = actions === null ? refusedPart(title, where, reason) : actions.undoPart(id);
    return flow === null ? [] : [{ ...part, flow }];
  });
  const title = parts.find(({ flow }) => flow.targets.length > 0)?.flow.title ?? 'Undo';
  return parts.length > 1 ? new Joint(title, parts, operations) : null;
}

const oneAtATime = (parts: readonly ActingPart[]): string =>
  `one at a time: marked are rows of ${parts.map(({ name }) => name).join(' and ')} · ctrl-\\ clears the marks`;

interface Offered {
  readonly name: string;
  readonly found: Available;
}

/** Why none of the clusters takes it; empty: one does. */
function whyNone(each: readonly Offered[], why: (found: Available) => string): string {
  const reasons = each.map(({ name, found }) => [name, why(found)] as const);
  if (reasons.some(([, reason]) => reason === '')) return '';
  const [only, another] = new Set(reasons.map(([, reason]) => reason));
  if (only !== undefined && another === undefined) return only;
  return reasons.map(([name, reason]) => `${name}: ${reason}`).join(' · ');
}
