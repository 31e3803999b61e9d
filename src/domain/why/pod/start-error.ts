/** What the kubelet or a runtime says where it cannot start a container: in short, and what mends it. */
import { runtimeWords } from '../../runtime-words.ts';

/** Why a container cannot be started. */
export interface StartError {
  readonly words: string;
  /** What mends it; empty where nobody knows. */
  readonly next: readonly string[];
}

const KNOWN: readonly (readonly [
  message: RegExp,
  about: (name: string) => readonly [string, string],
])[] = [
  [
    /exec: "([^"]+)": (?:executable file not found|stat \S+: no such file)/,
    (command) => [`its command ${command} is not in the image`, 'mend the command, or the image'],
  ],
  [
    /exec: "([^"]+)": (?:stat \S+: )?permission denied/,
    (command) => [
      `its command ${command} may not be executed`,
      'make it executable in the image, or name another one',
    ],
  ],
  [
    /exec format error/i,
    () => [
      'exec format error, as a program has that is built for another architecture',
      'build the image for the architecture of its nodes, or keep the pod on nodes that it is built for',
    ],
  ],
  [
    /no command specified/,
    () => [
      'neither the pod nor its image names a command',
      'name one (command), or give the image an entrypoint',
    ],
  ],
  [
    /runAsNonRoot and image will run as root/,
    () => [
      'it may not run as root (runAsNonRoot), and its image does',
      'set runAsUser to another user, or have the image name one by its number',
    ],
  ],
  [
    /image has non-numeric user \(([^)]+)\)/,
    (user) => [
      `it may not run as root (runAsNonRoot), and whether user ${user} of its image is that cannot be told`,
      'set runAsUser to the number of that user',
    ],
  ],
  [
    /runAsUser breaks non-root policy/,
    () => [
      'it may not run as root (runAsNonRoot), and its runAsUser is 0',
      'set runAsUser to another user',
    ],
  ],
  [
    /container init was OOM-killed/,
    () => [
      'the kernel ended it for want of memory before its command ran',
      'raise its memory limit',
    ],
  ],
  [
    /error mounting .* to rootfs at "([^"]+)".*: not a directory/s,
    (path) => [
      `what is mounted at ${path} is a directory where its image has a file, or the other way round`,
      'mend its mountPath and subPath: a subPath that its volume has not becomes a directory',
    ],
  ],
  [
    /nvidia-container-cli: (.+?)(?:: unknown)?$/s,
    (why) => [
      `the runtime of NVIDIA cannot give it a GPU: ${why}`,
      'see to the NVIDIA driver on its node: it comes with the AMI, or by the GPU operator',
    ],
  ],
  [
    /^(?:rpc error: code = DeadlineExceeded desc = )?context deadline exceeded$/,
    () => [
      'its node was not done with it in time',
      'look at its node: a slow disk, much load, containerd',
    ],
  ],
  [
    /failed to reserve container name/,
    () => [
      'the attempt before this one has not ended on its node',
      'look at its node: a slow disk, much load, containerd',
    ],
  ],
];

/** The words that a message comes down to; those that nobody knows, without what they are wrapped in. */
export function startError(message: string): StartError {
  for (const [known, about] of KNOWN) {
    const found = known.exec(message);
    if (found === null) continue;
    const [words, next] = about(found[1] ?? '');
    return { words, next: [next] };
  }
  return { words: runtimeWords(message), next: [] };
}
