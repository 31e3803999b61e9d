/** A pod on its node whose volumes or network are not there yet. */
import type { Work } from '../../../core/work.ts';
import { shortNode } from '../../node-name.ts';
import { pullText } from '../../pod-cause.ts';
import type { PodRow } from '../../rows.ts';
import { driverWords } from '../driver-words.ts';
import {
  eventsOf,
  finding,
  fromEvent,
  rowsWhere,
  named,
  type Answer,
  type Finding,
  type Happening,
  type World,
} from '../finding.ts';
import { volumes } from './volumes.ts';

/** What is not over by then is told (ms): sandboxes and volumes take a while. */
const USUAL = 20_000;

export function* settingUp(pod: PodRow, world: World): Work<Answer> {
  const starts = pod.phase === 'Pending' && pod.node !== '';
  if (!starts || !/^(?:ContainerCreating|PodInitializing|Init:0\/\d+)$/.test(pod.status)) {
    return null;
  }
  const unread: string[] = [];
  const events = eventsOf('Pod', pod, world, unread).filter(({ type }) => type === 'Warning');
  const node = shortNode(pod.node);
  const found =
    volumes(node, events) ??
    interfaceless(node, events) ??
    (yield* network(pod, events, world, unread)) ??
    unprepared(node, events);
  if (found !== null) return { ...found, unread: [...unread, ...found.unread] };
  if (pod.cause === '' || world.now - pod.created < USUAL) return null;
  return finding(
    'unknown',
    `${node} prepares its volumes and network, and no event says what takes long`,
    {
      evidence: [{ source: 'condition PodReadyToStartContainers', text: 'False', at: pod.causeAt }],
      unread,
    },
  );
}

/** The kubelet says of something else that it cannot be done: devices, a network that is not ready. */
function unprepared(node: string, events: readonly Happening[]): Answer {
  const event = events.find(
    ({ reason }) =>
      /^Failed|NotReady$/.test(reason) &&
      // The one is over, the other keeps no container from being made.
      !/^Failed(?:Scheduling|ToRetrieveImagePullSecret)$/.test(reason),
  );
  if (event === undefined) return null;
  return finding('said', `${node} has not prepared it, and says: ${driverWords(event.message)}`, {
    evidence: [fromEvent(event)],
  });
}

/** A pod with security groups of its own waits for an interface, which the CNI calls an IP address. */
function interfaceless(node: string, events: readonly Happening[]): Answer {
  const event = events.find(({ reason }) => reason === 'BranchAllocationFailed');
  if (event === undefined) return null;
  const why = event.message.replace(/^failed to allocate branch ENI to pod: /, '');
  const sentence = `it gets no network interface of its own (security groups for pods): ${why}`;
  return finding('said', sentence, {
    evidence: [fromEvent(event)],
    next: [
      `see to its SecurityGroupPolicy and the groups that it names, and how many such interfaces ${node} may have`,
    ],
  });
}

function* network(
  pod: PodRow,
  events: readonly Happening[],
  world: World,
  unread: string[],
): Work<Answer> {
  const event = events.find(({ reason }) => reason === 'FailedCreatePodSandBox');
  if (event === undefined) return null;
  const node = shortNode(pod.node);
  const all = { evidence: [fromEvent(event)] };
  if (/failed to assign an IP address to container/.test(event.message)) {
    return finding('said', `the VPC CNI had no free IP for it on ${node}`, {
      ...all,
      next: [
        'see whether the node’s subnet has addresses left, and the node network interfaces for them',
        'where the subnet is empty: prefix delegation, another subnet, or fewer warm addresses',
      ],
    });
  }
  if (/aws-cni|AddNetwork gRPC|ipamd|127\.0\.0\.1:50051/.test(event.message)) {
    return yield* cniPod(pod, event, world, unread);
  }
  const why = driverWords(event.message.replace(/^Failed to create pod sandbox: /, '')).replace(
    /sandbox "[0-9a-f]{20,}"/,
    'its sandbox',
  );
  const [, image = '', said = ''] =
    /^failed to get sandbox image "([^"]+)": (.*)$/s.exec(why) ?? [];
  if (image !== '') {
    const words = `${node} cannot fetch the image that the sandbox of every pod is made of`;
    return finding('said', `${words}: ${pullText(image, said)}`, {
      ...all,
      next: [
        `replace ${node} where that image was cleaned away from it, which newer AMIs prevent`,
        'else see that it reaches the registry, and may pull from it',
      ],
    });
  }
  const runtime = /no runtime for "([^"]+)" is configured/.exec(why)?.[1];
  return finding('said', `${node} cannot set up its sandbox: ${why}`, {
    ...all,
    next:
      runtime === undefined
        ? []
        : [
            `have containerd on ${node} know runtime ${runtime}, or keep the pod on nodes where it does`,
          ],
  });
}

/** Whether the CNI's own pod on the node is well decides whose trouble it is. */
function* cniPod(pod: PodRow, event: Happening, world: World, unread: string[]): Work<Finding> {
  const node = shortNode(pod.node);
  const missing = world.unread('pods', 'kube-system');
  const why = /: ([^:]+: [^:]+)$/.exec(event.message)?.[1] ?? event.message;
  const [own] = yield* rowsWhere(
    world,
    'pods',
    (each) => each.node === pod.node && each.labels['k8s-app'] === 'aws-node',
  );
  if (missing !== '') unread.push(`aws-node on the node: ${missing}`);
  const state =
    own === undefined
      ? missing === ''
        ? `, and no pod of aws-node is on the node`
        : ''
      : own.isReady
        ? ''
        : `: ${own.name} there is ${own.status}, not ready`;
  return finding(
    state === '' ? 'said' : 'deduced',
    `the VPC CNI on ${node} does not answer as it should${state || `: ${why}`}`,
    {
      evidence: [
        fromEvent(event),
        ...(own === undefined
          ? []
          : [
              {
                source: `pod ${own.name}`,
                text: `${own.status}${own.cause && ` · ${own.cause}`}`,
                about: named('Pod', own),
              },
            ]),
      ],
      next: [`look at the log of aws-node on ${node}`],
    },
  );
}
