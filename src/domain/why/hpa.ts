/** Why an autoscaler does not scale. */
import { hpaTrouble } from '../hpa.ts';
import { refusalOf } from '../refusal.ts';
import type { Work } from '../../core/work.ts';
import type { HpaRow, WorkloadRow } from '../rows.ts';
import { isPodOf } from '../workload-pods.ts';
import { finding, firstOf, named, rowsWhere, type Answer, type World } from './finding.ts';
import { keda } from './keda.ts';
import { sharedCause } from './pods-of.ts';

export const whyHpa = firstOf<HpaRow>(keda, roomless, troubled);

function targetOf({ targetKind, namespace, targetName }: HpaRow, world: World): WorkloadRow | null {
  switch (targetKind) {
    case 'Deployment':
      return world.named('deployments', namespace, targetName);
    case 'StatefulSet':
      return world.named('statefulsets', namespace, targetName);
    default:
      return null;
  }
}

/** It has scaled, and no node has room for what it asked for. */
function* roomless(hpa: HpaRow, world: World): Work<Answer> {
  const target = targetOf(hpa, world);
  if (target === null || target.ready >= hpa.desired) return null;
  const isOwn = isPodOf(target);
  const waiting = yield* rowsWhere(
    world,
    'pods',
    (pod) => pod.phase === 'Pending' && pod.node === '' && pod.cause !== '' && isOwn(pod),
  );
  if (waiting.length === 0) return null;
  const { words, finding: found, evidence } = yield* sharedCause(waiting, world);
  const count = waiting.length === 1 ? '1 of them has' : `${waiting.length} of them have`;
  const name = `${target.kind.toLowerCase()}/${target.name}`;
  return finding(
    found?.certainty ?? 'deduced',
    `it asks for ${hpa.desired} replicas, and ${count} no node: ${words}`,
    {
      evidence: [
        {
          source: name,
          text: `${target.ready} of ${target.desired} ready`,
          about: named(target.kind, target),
        },
        ...evidence,
      ],
      next: found?.next ?? [],
      unread: found?.unread ?? [],
    },
  );
}

/** Who serves the metrics that it cannot have, and what they may not know. */
function metricSteps(text: string): readonly string[] {
  if (
    /pods might be unready|for any ready pods|no metrics returned|not present in metrics/.test(text)
  ) {
    return [
      'see whether its pods run and are ready: what does not run, or has just begun, has no figures',
      'look whether metrics-server has some of others',
    ];
  }
  const [, kind] = /(custom|external)(?: metrics API|\.metrics\.k8s\.io)/.exec(text) ?? [];
  if (kind === undefined) {
    return /resource metrics API|metrics\.k8s\.io/.test(text)
      ? ['look whether metrics-server runs and is reached']
      : [];
  }
  const api = `${kind}.metrics.k8s.io`;
  const unknown = /could not find the metric (\S+)/.exec(text)?.[1];
  if (unknown !== undefined)
    return [`have what serves ${api} make metric ${unknown}: it knows none`];
  return [
    `look whether something serves ${api} (KEDA, an adapter of Prometheus or CloudWatch): there can be one`,
  ];
}

/** What keeps it from its target. */
function targetSteps(text: string, target: string): readonly string[] {
  if (/not found/.test(text)) return [`make ${target}, or mend its target`];
  if (/no matches for kind/.test(text)) return ['mend the apiVersion of its target'];
  return refusalOf(text).next;
}

function troubled(hpa: HpaRow, world: World): Answer {
  const trouble = hpaTrouble(hpa);
  if (trouble === null) return null;
  const target = `${hpa.targetKind.toLowerCase()}/${hpa.targetName}`;
  const said = hpa.conditions
    .filter(({ type, status }) =>
      type === 'ScalingLimited' ? status === 'True' : status === 'False',
    )
    .map(({ type, reason, message, at }) => ({
      source: `condition ${type}`,
      text: `${reason}: ${message}`,
      at,
    }));
  const metrics = hpa.metrics
    .filter(({ ratio }) => ratio !== null)
    .map(({ name, ratio }) => ({
      source: `metric ${name}`,
      text: `at ${Math.round((ratio ?? 0) * 100)}% of its target`,
    }));
  const evidence = [...said, ...metrics];
  switch (trouble.kind) {
    case 'disabled':
      return finding('said', `it rests: ${target} has 0 replicas, and scaling begins with one`, {
        evidence,
        next: [`scale ${target} to at least one`],
      });
    case 'at-max':
      return finding(
        'said',
        `it would scale further, and may not: ${hpa.max} replicas are its maximum`,
        {
          evidence,
          next: ['raise its maximum, if nodes have room for more'],
        },
      );
    case 'unable':
      return finding('said', `it cannot scale ${target}: ${trouble.text}`, {
        evidence,
        next: targetSteps(trouble.text, target),
      });
    case 'unknown-metrics': {
      const { text } = trouble;
      const lacking = /missing request for (\w+)(?: in container (\S+) of Pod)?/.exec(text);
      if (lacking !== null) {
        const [, resource = '', name] = lacking;
        const container = name === undefined ? 'a container' : `container ${name}`;
        return finding(
          'said',
          `it cannot tell the share that is used: ${container} has no ${resource} request`,
          {
            evidence,
            next: [
              `give ${name === undefined ? 'each container' : container} a ${resource} request`,
            ],
          },
        );
      }
      if (/missing a selector/.test(text)) {
        return finding('said', `it cannot tell which pods are its own: ${text}`, {
          evidence,
          next: [
            `have the scale of ${target} name its selector, as labelSelectorPath does for custom kinds`,
          ],
        });
      }
      if (/controlled by multiple HPAs/.test(text)) {
        return finding('said', `it stands still, as another HPA has the same pods: ${text}`, {
          evidence,
          next: [
            `leave the pods of ${target} to one HPA, and have no selector mean those of another`,
          ],
        });
      }
      const usage = world.unread('podusage', hpa.namespace);
      const unread = usage === '' ? [] : [`usage of pods: ${usage}`];
      return finding('said', `it does not see its metrics: ${text}`, {
        evidence,
        next: metricSteps(text),
        unread,
      });
    }
  }
}
