/** A pod whose volumes are not attached or mounted on its node. */
import { driverWords } from '../driver-words.ts';
import { finding, fromEvent, type Answer, type Happening } from '../finding.ts';

/** That it took too long, which a kubelet says beside what failed. */
const TIMEOUT = /^Unable to attach or mount volumes/;

/** What drivers say, and what mends it. */
const KNOWN: readonly (readonly [words: RegExp, next: (node: string) => string])[] = [
  [
    /access denied by server/,
    () =>
      'see what the policy of the file system asks for of those that mount it (IAM, TLS, an access point)',
  ],
  [
    /Failed to resolve "[^"]*\.efs\./,
    (node) =>
      `give the file system a mount target in the zone of ${node}, and let the VPC resolve names`,
  ],
  [
    /not authorized to perform|UnauthorizedOperation|AccessDenied/,
    () =>
      'give the role that asks there the right: that of the driver, or that of the pod’s service account where the driver asks in its name',
  ],
  [/provider not found/, (node) => `see whether the provider’s own pod on ${node} runs`],
  [
    /deadline ?exceeded|timed out/i,
    (node) =>
      `read the log of its CSI driver on ${node}; EFS and FSx have to be reached from the node (EFS on port 2049)`,
  ],
];

const nextFor = (words: string, node: string): readonly string[] =>
  KNOWN.filter(([known]) => known.test(words))
    .slice(0, 1)
    .map(([, next]) => next(node));

/** @param events the warnings about the pod, newest first */
export function volumes(node: string, events: readonly Happening[]): Answer {
  const of = events.filter(({ reason }) =>
    /^Failed(?:Mount|AttachVolume|MapVolume|DetachVolume)$/.test(reason),
  );
  // That it timed out says less than what came before it.
  const event = of.find(({ message }) => !TIMEOUT.test(message)) ?? of[0];
  if (event === undefined) return null;
  const { message } = event;
  const all = { evidence: [fromEvent(event)] };
  if (TIMEOUT.test(message)) {
    const names = /unmounted volumes=\[([^\]]*)\]/.exec(message)?.[1]?.split(' ') ?? [];
    const which =
      names.length === 1 ? `volume ${names.join()} is` : `volumes ${names.join(', ')} are`;
    const sentence = `its ${which} not mounted in time, and no event says what keeps it`;
    return finding('unknown', sentence, { ...all, next: nextFor(message, node) });
  }
  const volume = /for volume "([^"]+)"/.exec(message)?.[1] ?? '';
  const missing = missingIn(message);
  if (missing !== '') {
    return finding('said', `its volume ${volume} needs ${missing}`, {
      ...all,
      next: ['make what is missing, or mend its name in the template'],
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
  const why = driverWords(message.replace(/^.*?failed for volume "[^"]+" ?: /, ''));
  const verb = event.reason === 'FailedAttachVolume' ? 'attached' : 'mounted';
  const sentence = `its volume ${volume} cannot be ${verb}: ${why}`.replace('  ', ' ');
  return finding('said', sentence, { ...all, next: nextFor(why, node) });
}

/** `secret b, which is not there`, of all that a kubelet looked for; empty where nothing is missing. */
function missingIn(message: string): string {
  const missing =
    /\b(configmap|secret|persistentvolumeclaim|serviceaccount)s? "([^"]+)" not found/g;
  const names = [...message.matchAll(missing)].map(([, kind, name]) => `${kind} ${name}`);
  if (names.length === 0) return '';
  return `${names.join(' and ')}, which ${names.length === 1 ? 'is' : 'are'} not there`;
}
