/** A pod on its node whose volumes or network are not there yet. */
import type { Work } from '../../../core/work.ts';
import { shortNode } from '../../node-name.ts';
import type { PodRow } from '../../rows.ts';
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

/** What is not over by then is told (ms): sandboxes and volumes take a while. */
const USUAL = 20_000;

export function* settingUp(pod: PodRow, world: World): Work<Answer> {
  const starts = pod.phase === 'Pending' && pod.node !== '';
  if (!starts || !/^(?:ContainerCreating|PodInitializing|Init:0\/\d+)$/.test(pod.status)) {
    return null;
  }
  const unread: string[] = [];
  const events = eventsOf('Pod', pod, world, unread).filter(({ type }) => type === 'Warning');
  const found =
    volumes(shortNode(pod.node), events) ?? (yield* network(pod, events, world, unread));
  if (found !== null) return { ...found, unread: [...unread, ...found.unread] };
  if (pod.cause === '' || world.now - pod.created < USUAL) return null;
  return finding(
    'unknown',
    `${shortNode(pod.node)} prepares its volumes and network, and no event says what takes long`,
    {
      evidence: [{ source: 'condition PodReadyToStartContainers', text: 'False', at: pod.causeAt }],
      unread,
    },
  );
}

function volumes(node: string, events: readonly Happening[]): Answer {
  const of = events.filter(({ reason }) =>
    /^Failed(?:Mount|AttachVolume|MapVolume|DetachVolume)$/.test(reason),
  );
  // That it timed out says less than what came before it.
  const event =
    of.find(({ message }) => !/^Unable to attach or mount volumes/.test(message)) ?? of[0];
  if (event === undefined) return null;
  const { message } = event;
  const all = { evidence: [fromEvent(event)] };
  const volume = /for volume "([^"]+)"/.exec(message)?.[1] ?? '';
  const missing = /\b(configmap|secret|persistentvolumeclaim) "([^"]+)" not found/.exec(message);
  if (missing !== null) {
    const [, kind = '', name = ''] = missing;
    return finding('said', `its volume ${volume} needs ${kind} ${name}, which is not there`, {
      ...all,
      next: [`make ${kind} ${name}, or mend the name in the template`],
    });
  }
  if (/^Multi-Attach error/.test(message)) {
    const by = /already used by pod\(s\) (.+)$/.exec(message)?.[1] ?? 'another node';
    return finding('said', `its volume ${volume} is still attached elsewhere: used by ${by}`, {
      ...all,
      next: [
        'let the pod that has it end first; a volume of EBS goes from node to node in minutes',
      ],
    });
  }
  const key = /references non-existent (?:config|secret) key: (\S+)/.exec(message)?.[1];
  if (key !== undefined) {
    return finding('said', `its volume ${volume} needs key ${key}, which is not there`, {
      ...all,
      next: ['add the key, or mend its name in the template'],
    });
  }
  const driver =
    /driver name (\S+) not found in the list of registered CSI drivers|does not contain driver (\S+)/.exec(
      message,
    );
  if (driver !== null) {
    const name = driver[1] ?? driver[2] ?? '';
    return finding(
      'said',
      `its volume ${volume} waits for CSI driver ${name}, which ${node} has not`,
      {
        ...all,
        next: [`see whether the driver’s own pod on ${node} runs: it registers the driver there`],
      },
    );
  }
  const why = message
    .replace(/^.*?failed for volume "[^"]+" ?: (?:rpc error: code = \w+ desc = )?/, '')
    .trim();
  const verb = event.reason === 'FailedAttachVolume' ? 'attached' : 'mounted';
  const sentence = `its volume ${volume} cannot be ${verb}: ${why}`.replace('  ', ' ');
  return finding('said', sentence, {
    ...all,
    next: /deadline ?exceeded|timed out/i.test(why)
      ? [
          `read the log of its CSI driver on ${node}; EFS and FSx have to be reached from the node (EFS on port 2049)`,
        ]
      : [],
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
  const why = event.message
    .replace(/^Failed to create pod sandbox: /, '')
    .replace(/^rpc error: code = \w+ desc = /, '')
    .replace(/sandbox "[0-9a-f]{20,}"/, 'its sandbox');
  return finding('said', `${node} cannot set up its sandbox: ${why}`, all);
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
