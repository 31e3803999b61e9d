/** What KEDA says of the ScaledObject that an autoscaler was made for. */
import { at, objects, text, type Json } from '../../core/json.ts';
import { explained } from '../../core/words.ts';
import type { HpaRow } from '../rows.ts';
import { finding, valueOf, type Evidence, type Finding, type World } from './finding.ts';

/** keda.sh/v1alpha1 ScaledObject. */
const SCALED_OBJECT = {
  group: 'keda.sh',
  version: 'v1alpha1',
  resource: 'scaledobjects',
  kind: 'ScaledObject',
  namespaced: true,
} as const;

const PAUSED = /^autoscaling\.keda\.sh\/paused(?:-replicas)?$/;

/** Null: it is none of KEDA's, or KEDA says that all is well. */
export function keda(hpa: HpaRow, world: World): Finding | null {
  const { ownerKind, ownerName: name, namespace } = hpa;
  if (ownerKind !== SCALED_OBJECT.kind) return null;
  const unread: string[] = [];
  const whole = valueOf(
    world.other(SCALED_OBJECT, namespace, name),
    `ScaledObject ${name}`,
    unread,
  );
  if (whole === null) return null;
  const about = { kind: SCALED_OBJECT.kind, namespace, name };
  const target = `${hpa.targetKind.toLowerCase()}/${hpa.targetName}`;
  const source = `scaledobject ${name}`;
  const paused = pausedBy(whole);
  if (paused !== '') {
    return finding('said', `KEDA's ScaledObject ${name} is paused, so nothing scales ${target}`, {
      evidence: [{ source, text: paused, about }],
      next: ['take the annotation away, once it is to scale again'],
      unread,
    });
  }
  const said = (type: string, status: string): Evidence | null => {
    const found = objects(at(whole, 'status', 'conditions')).find(
      (each) => text(each['type']) === type && text(each['status']) === status,
    );
    if (found === undefined) return null;
    const words = explained(text(found['reason']), text(found['message']));
    return { source, text: `${type}=${status}${words === '' ? '' : `, ${words}`}`, about };
  };
  const unready = said('Ready', 'False');
  if (unready !== null) {
    return finding('said', `KEDA's ScaledObject ${name} is not ready: ${wordsOf(unready)}`, {
      evidence: [unready],
      next: ['mend its triggers or their authentication, then look at the log of keda-operator'],
      unread,
    });
  }
  const fallback = said('Fallback', 'True');
  if (fallback !== null) {
    const replicas = text(at(whole, 'spec', 'fallback', 'replicas'));
    return finding(
      'said',
      `KEDA cannot read a metric of ScaledObject ${name}, and falls back to ${replicas === '' ? 'what it is told to' : `${replicas} replicas`}`,
      {
        evidence: [fallback],
        next: ['see to what its triggers ask: it does not answer'],
        unread,
      },
    );
  }
  const inactive = said('Active', 'False');
  if (inactive === null || hpa.current > 0) return null;
  const sentence = `it rests: no trigger of KEDA's ScaledObject ${name} is active, and until one is ${target} has 0 replicas`;
  return finding('said', sentence, { evidence: [inactive], unread });
}

/** Condition or annotation; empty: it is not. */
function pausedBy(whole: Json): string {
  const annotations = Object.entries(at(whole, 'metadata', 'annotations') ?? {});
  const found = annotations.find(([key, value]) => PAUSED.test(key) && text(value) !== 'false');
  if (found !== undefined) return `${found[0]}: ${text(found[1])}`;
  const isPaused = objects(at(whole, 'status', 'conditions')).some(
    (each) => text(each['type']) === 'Paused' && text(each['status']) === 'True',
  );
  return isPaused ? 'Paused=True' : '';
}

const wordsOf = ({ text: words }: Evidence): string =>
  words.replace(/^\w+=\w+,? ?/, '') || 'no reason';
