/** What the UI sees of an action on several clusters: one dialog, and in it a part for each cluster. */
import type { Tone } from '../../../core/styled.ts';
import type { ClusterKey } from '../../../domain/cluster-key.ts';
import type { ActionDialog, ActionFlow, FlowState, Operation } from '../view.ts';

/** How a cluster is called and coloured where several are shown. */
export interface NamedPart {
  readonly cluster: ClusterKey;
  /** A word that means it and no other. */
  readonly name: string;
  readonly tone: Tone;
}

/** A cluster in the dialog. */
export interface JointPart extends NamedPart {
  /** What tells it from the others beside its name: its account, its region; may be empty. */
  readonly place: string;
  readonly state: FlowState;
  /** It was not waited for: nothing is done on it. */
  readonly isLeftOut: boolean;
  /** What was planned there was confirmed. */
  readonly isConfirmed: boolean;
  /** What was begun there, as it stands; null: nothing was. */
  readonly operation: Operation | null;
}

/** An action on several clusters: asked once, done on each by its own connection. */
export interface JointFlow extends ActionDialog {
  readonly parts: readonly JointPart[];
  /** Names of those that have yet to answer while another is ready; empty: nobody has to wait. */
  readonly waitsFor: readonly string[];
  /** Goes on without those that have yet to answer. */
  leaveOut(): void;
}

/** An action's dialog, whatever it is about. */
export type AnyFlow = ActionFlow | JointFlow;
