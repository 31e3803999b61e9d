/** What is going to happen, in steps, shown before it does. */
import type { DiffLine } from '../../core/line-diff.ts';
import type { Cell } from '../../core/styled.ts';
import type { TableId } from '../../domain/tables/index.ts';
import type { AccessRequest } from '../../ports/kube.ts';
import type { FormValues } from './form.ts';

/** How far something that was begun is, as the world shows it. */
export interface Progress {
  readonly state: 'working' | 'done' | 'failed';
  /** In a clause; empty: what was said before goes on. */
  readonly text: string;
  /** What there is to see beyond it, a line each: evictions that are held back, nodes that come. */
  readonly lines?: readonly Cell[];
}

/** How a step is followed after it was sent, until it is really done. */
export interface Follow {
  /** It is looked at when these tables change, and every second. */
  readonly tables: readonly TableId[];
  /** After this long (ms) nobody waits any more: the world is told as it is. */
  readonly limit: number;
  /** For what has to be asked for: how often at most (ms). */
  readonly every?: number;
  /** @param startedAt when it was sent (ms) */
  readonly look: (startedAt: number) => Progress | Promise<Progress>;
}

/** A right that a step needs. */
export type Access =
  | { readonly kube: AccessRequest }
  /** An IAM action on a resource (its ARN); empty where that is not known: it is only named. */
  | { readonly iam: string; readonly resource: string };

/** One thing that is done. Done twice, it does no harm: what is done is seen beforehand. */
export interface Step {
  /** Imperative: `Create role shop-api`. */
  readonly title: string;
  /** The row that is under it, by uid; empty where it is of none. */
  readonly uid: string;
  /** The shell line that does the same; empty where there is none. */
  readonly command: string;
  readonly access: readonly Access[];
  /** Why nothing is to do; empty: it is to do. */
  readonly already: string;
  /** Why it cannot be done now, where the rest of the plan is without it. */
  readonly barred?: string;
  /**
   * Does it. Rejects with a sentence.
   * @param signal is aborted when the rest is called off
   * @param report for what takes its time: how far it is
   */
  readonly run: (signal: AbortSignal, report: (progress: Progress) => void) => Promise<void>;
  readonly follow?: Follow;
  /** Whether `run` heeds its signal: it can be called off while it is under way. */
  readonly stoppable?: boolean;
}

/** What takes an action back: another action, or the same with other values. */
export interface Inverse {
  readonly action: string;
  readonly values: FormValues;
}

/** What is going to happen. */
export interface Plan {
  /** e.g. `Scale deployment/api from 3 to 5 replicas`. */
  readonly title: string;
  /** What is typed to confirm it where a name is asked for and the targets have none. */
  readonly subject?: string;
  /** One line per target: what changes, from what to what. */
  readonly changes: readonly Cell[];
  /** Who suffers, a line each: pods that will be ended, traffic that stops. */
  readonly victims: readonly string[];
  /** How many suffer, where that is not the number of lines (`any 2 of 5: …`). */
  readonly victimCount?: number;
  /** Where these values make it more dangerous than the action is as such (scaling to zero). */
  readonly danger?: 2 | 3;
  /** What the user should know first: an HPA owns the number, a PDB blocks, Argo CD will revert. */
  readonly warnings: readonly string[];
  /** What changes in an object or a file, line by line. */
  readonly diff?: readonly DiffLine[];
  /** Asked when it is confirmed: what it was made of and has changed since; empty: nothing. */
  readonly changed?: () => Promise<string>;
  /** What the server said to a dry run: empty when it accepted or there is none. */
  readonly refusals: readonly string[];
  readonly steps: readonly Step[];
  /**
   * Each step needs the ones before: it begins when they are done, and one that fails leaves the
   * rest undone. Otherwise all are sent one after the other and followed together.
   */
  readonly chain: boolean;
  /** A chain for each row by itself: a step that fails leaves only the rest of its row's undone. */
  readonly separate?: boolean;
  /** How it is taken back from the targets whose steps were done; null where it cannot be. */
  readonly inverse: Inverse | null;
  /** It changes nothing of itself (a shell, a forwarded port): what was done before is taken back. */
  readonly passing?: boolean;
}

/** How a step stands before anything is done. */
export interface Stand {
  readonly state: 'waiting' | 'already' | 'barred';
  /** Why it is not to be done; empty: it is. */
  readonly text: string;
}

export function standOf({ already, barred = '' }: Step): Stand {
  if (already !== '') return { state: 'already', text: already };
  return { state: barred === '' ? 'waiting' : 'barred', text: barred };
}

/** Whether a step is to be done. */
export const isToDo = (step: Step): boolean => standOf(step).state === 'waiting';

/** The commands of a plan's steps that are to be done, each once. */
export function commandsOf({ steps }: Pick<Plan, 'steps'>): readonly string[] {
  const commands = steps.filter(isToDo).map(({ command }) => command);
  return [...new Set(commands.filter((command) => command !== ''))];
}
