/** Why a node is not ready, or takes no pods. */
import { at, moment, objects, text } from '../../core/json.ts';
import type { Work } from '../../core/work.ts';
import { explained } from '../../core/words.ts';
import { problemsText } from '../node-status.ts';
import type { NodeRow, PodRow } from '../rows.ts';
import { draining } from './draining.ts';
import {
  eventsOf,
  finding,
  firstOf,
  fromEvent,
  rowsWhere,
  valueOf,
  named,
  type Answer,
  type Evidence,
  type Finding,
  type World,
} from './finding.ts';

export const whyNode = firstOf<NodeRow>(unwell, draining, unregistered);

function* unwell(node: NodeRow, world: World): Work<Answer> {
  if (node.isReady && node.problems.length === 0) return null;
  const unread: string[] = [];
  const whole = valueOf(world.object('nodes', '', node.name), 'the node itself', unread);
  const conditions = objects(at(whole, 'status', 'conditions'));
  const events = eventsOf('Node', node, world, unread).filter(({ type }) => type === 'Warning');
  const warnings = events.slice(0, 2).map(fromEvent);
  if (node.isReady) {
    return finding('said', `it is ready, and reports: ${node.problems.join(', ')}`, {
      evidence: [...conditionsOf(conditions, node), ...warnings],
      next: adviceOn(node.problems.join(', ')),
      unread,
    });
  }
  const ready = conditions.find((each) => text(each['type']) === 'Ready');
  const evidence = [...conditionsOf(conditions, node), ...warnings];
  const message = text(ready?.['message']) || problemsText(node.problems);
  if (text(ready?.['status']) === 'Unknown' || /stopped posting node status/.test(message)) {
    return finding(
      'said',
      'its kubelet says nothing any more: the instance is gone or stuck, or cannot reach the API server',
      {
        evidence,
        next: [
          'look at the instance in EC2 (its state, its status checks), then at the kubelet’s log on it',
        ],
        unread,
      },
    );
  }
  if (/network plugin|NetworkPluginNotReady|cni plugin not initialized/i.test(message)) {
    return yield* networkless(node, world, evidence, unread);
  }
  const why = message === '' ? 'it has not told so far how it is' : message.replace(/\.$/, '');
  return finding('said', `its kubelet is not ready: ${why}`, {
    evidence,
    next: adviceOn(message),
    unread,
  });
}

/** What mends what a kubelet reports, as far as that is one thing as a rule. */
const ADVICE: readonly (readonly [problem: RegExp, next: string])[] = [
  [
    /DiskPressure/,
    'see what fills its disk (images, logs, emptyDir volumes): until that is over pods are evicted, and none comes',
  ],
  [/MemoryPressure/, 'see which of its pods use more memory than they request (M in its pods)'],
  [/PIDPressure/, 'see which of its pods start process after process'],
  [
    /PLEG|container runtime is down|RuntimeNotReady/,
    'look at containerd on it, its disk and its load; replace the instance where it does not come back',
  ],
];

const adviceOn = (problems: string): readonly string[] =>
  ADVICE.filter(([problem]) => problem.test(problems)).map(([, next]) => next);

/** Taints that nodes are made with, for an agent to take away once it runs on them. */
const STARTUP = /^(?:[^:=]+\/agent-not-ready|[^:=]+\/uninitialized|karpenter\.sh\/unregistered)\b/;

/** An agent runs by then (ms). */
const USUAL = 3 * 60_000;

/** A node that is ready and still waits for somebody, for whom pods wait too. */
function unregistered(node: NodeRow, world: World): Answer {
  const taint = node.taints.find((each) => STARTUP.test(each));
  if (taint === undefined || world.now - node.created < USUAL) return null;
  const [owner = ''] = taint.split('/');
  return finding(
    'deduced',
    `it is ready, and no pod comes to it that does not tolerate ${taint}, which has not been taken away`,
    {
      evidence: [{ source: 'spec.taints', text: node.taints.join(', ') }],
      next: [`see whether what takes it away (${owner}) runs, on the node and in the cluster`],
    },
  );
}

/** Every condition that is not as it should be. */
function conditionsOf(
  conditions: readonly Readonly<Record<string, unknown>>[],
  node: NodeRow,
): readonly Evidence[] {
  const wrong = conditions.filter((each) => {
    const [type, status] = [text(each['type']), text(each['status'])];
    return (
      node.problems.some((problem) => problem.startsWith(type)) ||
      (type === 'Ready' && status !== 'True')
    );
  });
  if (wrong.length === 0)
    return [
      {
        source: 'node status',
        text: [node.status, problemsText(node.problems)].filter(Boolean).join(', '),
        at: node.readySince,
      },
    ];
  return wrong.map((each) => ({
    source: `condition ${text(each['type'])}=${text(each['status'])}`,
    text: explained(text(each['reason']), text(each['message'])),
    at: moment(each['lastTransitionTime']),
  }));
}

/** The plugin's own pod on the node decides what is the matter with it. */
function* networkless(
  node: NodeRow,
  world: World,
  evidence: readonly Evidence[],
  unread: string[],
): Work<Finding> {
  const unknown = world.unread('pods', 'kube-system');
  if (unknown !== '') unread.push(`pods of the network plugin: ${unknown}`);
  const [pod] = yield* rowsWhere(
    world,
    'pods',
    (each) => each.node === node.name && isNetwork(each),
  );
  const is = 'its network plugin is not ready';
  const next = ['look at the log of aws-node on it'];
  if (pod === undefined) {
    const sentence = unknown === '' ? `${is}: no pod of aws-node is on it` : is;
    return finding(unknown === '' ? 'deduced' : 'said', sentence, { evidence, next, unread });
  }
  const state = [pod.status, pod.cause].filter((each) => each !== '').join(' · ');
  return finding(
    'deduced',
    `${is}: pod ${pod.name} on it is ${state}${pod.isReady ? '' : ', not ready'}`,
    {
      evidence: [
        ...evidence,
        { source: `pod ${pod.name}`, text: state, at: pod.causeAt, about: named('Pod', pod) },
      ],
      next,
      unread,
    },
  );
}

const isNetwork = ({ labels }: PodRow): boolean =>
  /^(?:aws-node|cilium|calico-node|antrea)$/.test(labels['k8s-app'] ?? labels['app'] ?? '');
