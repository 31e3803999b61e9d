/** A pod that runs and is not ready: its probes, its readiness gates. */
import { humanDuration } from '../../../core/duration.ts';
import { at, objects, text } from '../../../core/json.ts';
import { explained } from '../../../core/words.ts';
import { shortNode } from '../../node-name.ts';
import { problemsText } from '../../node-status.ts';
import type { ContainerInfo } from '../../container.ts';
import type { PodRow } from '../../rows.ts';
import {
  eventsOf,
  finding,
  fromEvent,
  named,
  valueOf,
  type Finding,
  type World,
} from '../finding.ts';
import { called, decisive, place } from './containers.ts';
import { onMissingNode } from './missing-node.ts';
import { howItFails, probeFailure } from './probe-event.ts';

/** A kubelet writes an event that comes again at least that often (ms): what is older is of an earlier run. */
const LATE = 5 * 60_000;

/** What was started later than that ago (ms) is not expected to be ready. */
const FRESH = 60_000;

export function unready(pod: PodRow, world: World): Finding | null {
  if (pod.phase !== 'Running' || pod.isReady) return null;
  return (
    onLostNode(pod, world) ?? probing(pod, world) ?? halfDone(pod) ?? waitingForGates(pod, world)
  );
}

/** Its node is not ready, and with that its pods: what their containers said last counts no more. */
function onLostNode(pod: PodRow, world: World): Finding | null {
  const node = world.named('nodes', '', pod.node);
  if (node === null) return onMissingNode(pod, world);
  if (node.isReady) return null;
  const unread: string[] = [];
  const fails = eventsOf('Pod', pod, world, unread).some(
    ({ reason, at: when }) => reason === 'Unhealthy' && when > node.readySince,
  );
  // A kubelet that still tells of its probes knows better.
  if (fails) return null;
  const name = shortNode(pod.node);
  const why = problemsText(node.problems) || node.status;
  return finding('deduced', `it counts as not ready, as its node ${name} is not: ${why}`, {
    evidence: [
      { source: `node ${name}`, text: why, at: node.readySince, about: named('Node', node) },
      { source: 'status of the pod', text: 'running, not ready', at: pod.causeAt },
    ],
    next: [`see why ${name} does not answer: its instance, its kubelet (W on the node)`],
    unread,
  });
}

function probing(pod: PodRow, world: World): Finding | null {
  const container = decisive(pod).find(
    ({ role, state, ready }) => role !== 'init' && state === 'running' && !ready,
  );
  if (container === undefined) return null;
  const unread: string[] = [];
  const told = eventsOf('Pod', pod, world, unread).filter(
    ({ reason, container: of, at: when }) =>
      reason === 'Unhealthy' &&
      (of === '' || of === container.name) &&
      when + LATE >= container.since,
  );
  // One that fails its liveness probe is ended in time: what keeps it from being ready is another one.
  const failed = told.find(({ message }) => probeFailure(message)?.probe !== 'liveness') ?? told[0];
  if (failed === undefined) {
    const probes = ['readiness', 'startup'].filter((each) => container.spec.probes.includes(each));
    const started = world.now - container.since;
    const isFresh = container.since > 0 && started < FRESH;
    const words =
      probes.length === 0
        ? 'runs and is not reported as ready yet'
        : isFresh
          ? `was started ${humanDuration(started)} ago, and its ${probes.join(' or ')} probe has not passed yet`
          : `is not ready: its ${probes.join(' or ')} probe has not passed, and no event says how it fails`;
    const isTold = probes.length === 0 || isFresh;
    return finding(isTold ? 'deduced' : 'unknown', `${called(container)} ${words}`, {
      evidence: [
        { source: `status of ${container.name}`, text: 'running, not ready', at: container.since },
      ],
      next: ['read its log (l)'],
      unread,
    });
  }
  const failure = probeFailure(failed.message) ?? {
    probe: 'readiness',
    why: failed.message.trim(),
  };
  const fails = `its ${failure.probe} probe fails${howItFails(failure)}`;
  const because = failure.probe === 'liveness' ? ', and' : ':';
  return finding('said', `${called(container)} is not ready${because} ${fails}`, {
    evidence: [
      fromEvent(failed),
      { source: `status of ${container.name}`, text: 'running, not ready', at: container.since },
      ...place(pod),
    ],
    next: ['see what the probe asks for (d), and what its log says meanwhile (l)'],
    unread,
  });
}

/** One container has done its work while another runs on: the pod is neither ready nor ended. */
function halfDone(pod: PodRow): Finding | null {
  const main = pod.containers.filter(({ role }) => role === 'main');
  const done = main.find(
    ({ state, lastExit }) => state === 'terminated' && lastExit?.exitCode === 0,
  );
  const others = main.filter(({ state }) => state === 'running').map(({ name }) => name);
  if (done === undefined || others.length === 0) return null;
  const still = others.join(', ');
  return finding(
    'said',
    `${called(done)} has ended (exit 0), and ${still} ${others.length === 1 ? 'runs' : 'run'} on: the pod does not end before`,
    {
      evidence: [
        { source: `status of ${done.name}`, text: 'terminated, exit 0', at: done.since },
        { source: `status of ${still}`, text: 'running' },
      ],
      next: [
        `have ${still} end too; a sidecar is best an init container with restartPolicy Always, which ends with the others`,
      ],
    },
  );
}

/** Conditions that others have to set: target groups of load balancers, mostly. */
function waitingForGates(pod: PodRow, world: World): Finding | null {
  const unread: string[] = [];
  const whole = valueOf(world.object('pods', pod.namespace, pod.name), 'the pod itself', unread);
  const conditions = objects(at(whole, 'status', 'conditions'));
  const gates = objects(at(whole, 'spec', 'readinessGates')).map((each) =>
    text(each['conditionType']),
  );
  const open = gates.flatMap((type) => {
    const condition = conditions.find((each) => text(each['type']) === type);
    if (text(condition?.['status']) === 'True') return [];
    const words = explained(text(condition?.['reason']), text(condition?.['message']));
    return [{ type, words }];
  });
  const [first] = open;
  if (first === undefined) return null;
  const isTarget = first.type.startsWith('target-health.');
  const why = first.words === '' ? 'it is not set so far' : first.words;
  const sentence = isTarget
    ? `its containers are ready; its load balancer does not take it yet: ${why}`
    : `its containers are ready; readiness gate ${first.type} is not: ${why}`;
  return finding('said', sentence, {
    evidence: open.map(({ type, words }) => ({
      source: 'readiness gate',
      text: `${type}${words === '' ? ' has no condition' : `: ${words}`}`,
    })),
    next: isTarget
      ? ['see to the target group’s health check, its port and security groups']
      : ['look whether who sets this condition runs'],
    unread,
  });
}

/** A pod of which an init container takes its time, or a sidecar that has to start before others. */
export function initializing(pod: PodRow, world: World): Finding | null {
  if (pod.phase !== 'Pending' || !/^(?:Init:|PodInitializing)/.test(pod.status)) return null;
  const container = underway(pod);
  if (container === undefined) return null;
  if (container.role === 'sidecar') return unstartedSidecar(container, pod, world);
  return finding('said', `${called(container)} has not ended yet: nothing after it starts`, {
    evidence: [
      { source: `status of ${container.name}`, text: container.state, at: container.since },
    ],
    next: ['read its log (l on the container)'],
  });
}

/**
 * The init container that the others wait for: one that runs, also while a sidecar before it starts
 * anew; else the first that is not done, which the status counts. Whether a sidecar has started is kept
 * nowhere else.
 */
function underway(pod: PodRow): ContainerInfo | undefined {
  const all = decisive(pod).filter(({ role }) => role !== 'main');
  const done = /^Init:(\d+)\//.exec(pod.status)?.[1];
  const first = done === undefined ? undefined : all[Number(done)];
  const init = (state: ContainerInfo['state']): ContainerInfo | undefined =>
    all.find((each) => each.role === 'init' && each.state === state);
  return init('running') ?? first ?? init('waiting');
}

/** What comes behind a sidecar in the order of the spec starts once that has: once its startup probe passes. */
function unstartedSidecar(sidecar: ContainerInfo, pod: PodRow, world: World): Finding {
  const unread: string[] = [];
  const failed = eventsOf('Pod', pod, world, unread).find(
    ({ reason, container, message }) =>
      reason === 'Unhealthy' &&
      container === sidecar.name &&
      probeFailure(message)?.probe === 'startup',
  );
  const failure = probeFailure(failed?.message ?? '');
  const probe =
    failure === null
      ? 'has not started yet'
      : `has not started: its startup probe fails${howItFails(failure)}`;
  return finding(
    failed === undefined ? 'deduced' : 'said',
    `${called(sidecar)} ${probe}; nothing after it starts before`,
    {
      evidence: [
        ...(failed === undefined ? [] : [fromEvent(failed)]),
        { source: `status of ${sidecar.name}`, text: sidecar.state, at: sidecar.since },
      ],
      next: ['read its log (l on the container), and see what its startup probe asks for (d)'],
      unread,
    },
  );
}
