/** A container whose image cannot be had. */
import type { ContainerInfo } from '../../container.ts';
import { pullText } from '../../pod-cause.ts';
import type { PodRow } from '../../rows.ts';
import { eventsOf, finding, fromEvent, type Finding, type World } from '../finding.ts';
import { called, decisive, waiting } from './containers.ts';

const WAITS =
  /^(?:ErrImage|ImagePull|InvalidImageName|ImageInspectError|RegistryUnavailable|SignatureValidation)/;

/** What is wrong with an image, and what to do. */
interface Trouble {
  readonly words: string;
  readonly next: string;
}

export function imageless(pod: PodRow, world: World): Finding | null {
  const container = decisive(pod).find(
    ({ state, reason }) => state === 'waiting' && WAITS.test(reason),
  );
  if (container === undefined) return null;
  const unread: string[] = [];
  const events = eventsOf('Pod', pod, world, unread).filter(
    (event) => event.container === '' || event.container === container.name,
  );
  const failed = events.find(
    ({ reason, message }) => reason === 'Failed' && /^Failed to pull image/.test(message),
  );
  const secrets = events.find(({ reason }) => reason === 'FailedToRetrieveImagePullSecret');
  // Kubelets before 1.32 say no more in the status than that they wait.
  const bare = container.message.replace(/^Back-off pulling image "[^"]*"$/, '');
  const said = bare || (failed?.message ?? '');
  const arch = world.named('nodes', '', pod.node)?.arch ?? '';
  const trouble = troubleOf(container, said, arch);
  return finding(said === '' ? 'unknown' : 'said', `${called(container)}: ${trouble.words}`, {
    evidence: [
      waiting(container),
      ...(failed === undefined ? [] : [fromEvent(failed)]),
      ...(secrets === undefined ? [] : [fromEvent(secrets)]),
    ],
    next: [trouble.next],
    unread,
  });
}

const ECR = /^\d{12}\.dkr[.-]ecr\./;

/** Addresses of what was asked: like the image's name they may look like anything, a status too. */
const PLACE = /\bhttps?:\/\/[^\s"]+|\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?|\[[\da-f:]+\](?::\d+)?/gi;

const KNOWN: readonly (readonly [
  words: RegExp,
  trouble: (image: string, arch: string) => Trouble,
])[] = [
  [
    /registry is unavailable|no such host|server misbehaving|failure in name resolution|i\/o timeout|timed out|Client\.Timeout|deadline exceeded|connection (?:refused|reset)|broken pipe|no route to host|(?:host|network) is unreachable|TLS:? handshake|x509|\bEOF\b/i,
    (image) => ({
      words: `the registry of image ${image} cannot be reached from its node`,
      next: `see to name resolution, routes (NAT, VPC endpoints${ECR.test(image) ? ' ecr.api, ecr.dkr and s3' : ''}) and certificates`,
    }),
  ],
  [
    /signature validation failed/i,
    (image) => ({
      words: `image ${image} has no signature that its node accepts`,
      next: 'sign the image, or mend what the runtime of its node asks of signatures',
    }),
  ],
  [
    /no match for platform|no matching manifest|exec format/i,
    (image, arch) => ({
      words: `image ${image} has no build for ${arch === '' ? 'its node’s architecture' : arch}`,
      next: 'build it for that architecture too, or keep the pod on nodes that it is built for',
    }),
  ],
  [
    /toomanyrequests|too many requests|status[^.]{0,80}\b429\b|rate limit|pull QPS exceeded/i,
    (image) => ({
      words: `the registry or the node takes no more pulls for now (image ${image})`,
      next: 'pull with credentials, through a mirror or a cache, or wait',
    }),
  ],
  [
    /pull access denied|may require authorization|insufficient_scope/i,
    (image) => ({
      words: `image ${image} is not there, or may not be pulled without other credentials`,
      next: 'check its name; else give the pod a pull secret, or the node’s role the right to pull',
    }),
  ],
  [
    /status[^.]{0,80}\b40[13]\b|unauthori[sz]ed|forbidden|denied|no basic auth|authentication required|not authorized/i,
    (image) => ({
      words: `the registry does not let the node pull image ${image}`,
      next: 'give the pod a pull secret, or the node’s role the right to pull (ecr:BatchGetImage)',
    }),
  ],
  [
    /no space left/i,
    (image) => ({
      words: `the disk of its node is too full for image ${image}`,
      next: 'free the disk of the node, or give it a larger one',
    }),
  ],
  [
    /not found|manifest unknown|name unknown|does not exist|NotFound/i,
    (image) => ({
      words: `image ${image} is not in its registry`,
      next: 'check the name and the tag, or push it',
    }),
  ],
];

function troubleOf({ reason, image }: ContainerInfo, said: string, arch: string): Trouble {
  if (reason === 'InvalidImageName') {
    return { words: `${image} is no name of an image`, next: 'mend the name' };
  }
  if (reason === 'ErrImageNeverPull') {
    return {
      words: `image ${image} is not on its node and may not be pulled (imagePullPolicy Never)`,
      next: 'bring the image onto the nodes, or let it be pulled',
    };
  }
  const words = said.replaceAll(image, '').replaceAll(PLACE, '');
  const known = KNOWN.find(([each]) => each.test(words));
  if (known !== undefined) {
    const { words: sentence, next } = known[1](image, arch);
    return { words: sentence, next };
  }
  return {
    words: `image ${image} cannot be pulled${said === '' ? '' : `: ${pullText(image, said)}`}`,
    next: 'look at the words of the runtime',
  };
}
