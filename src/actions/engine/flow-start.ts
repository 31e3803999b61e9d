import type { Denial } from './access.ts';
import type { Action, ActionTarget } from './define.ts';
import type { FormValues } from './form.ts';
import type { RunnerHost } from './runner-host.ts';
import type { FlowState } from './view.ts';

/** What a flow is started with. */
export interface FlowStart {
  readonly action: Action;
  readonly title: string;
  readonly targets: readonly ActionTarget[];
  /** Values that are known already: what the form begins with, or what is planned with. */
  readonly values: FormValues;
  /** Whether the form is shown. */
  readonly asks: boolean;
  /** Whether the form is passed over where nothing is wrong with it. */
  readonly eager: boolean;
  /** What the first plan says before all else; may be empty. */
  readonly note: string;
  readonly undoes: number | null;
  /** Whether it is one of several that are confirmed together: it then asks, however harmless it is. */
  readonly isPart: boolean;
  /** Why it cannot even be asked for (read-only, nothing selected); null where it can. */
  readonly refusal: Pick<Denial, 'reason' | 'hint'> | null;
  readonly host: RunnerHost;
}

/** Whether a form is behind a flow at this stage, and nothing goes on that may change something. */
export function canGoBack({ asks, refusal }: FlowStart, state: FlowState): boolean {
  if (!asks || refusal !== null) return false;
  return state.stage === 'running'
    ? state.operation.state === 'failed'
    : ['confirm', 'refused', 'planning'].includes(state.stage);
}
