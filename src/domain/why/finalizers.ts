/** What is being deleted and is still there: whoever has something to do before has not done it. */
import { at, texts, type Json } from '../../core/json.ts';
import type { ObjectRow } from '../row.ts';
import {
  eventsOf,
  finding,
  fromEvent,
  valueOf,
  type Answer,
  type Finding,
  type ObjectTableId,
  type World,
} from './finding.ts';

/** What takes longer (ms) is told: most are done at once. */
export const LATE = 15_000;

export const finalizersOf = (whole: Json | null): readonly string[] =>
  texts(at(whole, 'metadata', 'finalizers'));

/** Of controllers that make something in AWS for it, and take that away first. */
const BALANCERS = /(?:^|\.)(?:service|ingress|elbv2)\.k8s\.aws\//;

/** @param rest what it rests on beside the finalizers, and what could not be read */
export function held(
  finalizers: readonly string[],
  rest: Pick<Finding, 'evidence' | 'unread'>,
): Finding {
  const names = finalizers.join(', ');
  return finding('said', `it stays until ${names} is done with it (finalizers)`, {
    evidence: [{ source: 'finalizers', text: names }, ...rest.evidence],
    next: [
      BALANCERS.test(names)
        ? 'look whether the AWS Load Balancer Controller runs, and at its log: it takes away first what it made in AWS'
        : 'look whether the controller of the finalizer runs, before taking it away by hand',
    ],
    unread: rest.unread,
  });
}

/** Why an object of that kind, which is being deleted, is still there; null where that takes no longer than usual. */
export const finalizing =
  (table: ObjectTableId, kind: string) =>
  (row: ObjectRow, world: World): Answer => {
    if (world.now - row.deleting < LATE) return null;
    const unread: string[] = [];
    const { namespace, name, deleting } = row;
    const whole = valueOf(world.object(table, namespace, name), 'the object itself', unread);
    const finalizers = finalizersOf(whole);
    if (finalizers.length === 0) return null;
    const failed = eventsOf(kind, row, world, unread).find(
      ({ type, at: when }) => type === 'Warning' && when > deleting,
    );
    return held(finalizers, {
      evidence: [
        { source: 'metadata', text: 'deletion asked for', at: deleting },
        ...(failed === undefined ? [] : [fromEvent(failed)]),
      ],
      unread,
    });
  };
