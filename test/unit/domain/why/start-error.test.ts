import { describe, expect, it } from 'vitest';
import { iso, MINUTE, why } from './pod-case.ts';

const RUNC =
  'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: ';

const ERRORS: readonly (readonly [message: string, words: string, next: string])[] = [
  [
    'context deadline exceeded',
    'its node was not done with it in time',
    'look at its node: a slow disk, much load, containerd',
  ],
  [
    `${RUNC}container init was OOM-killed (memory limit too low?): unknown`,
    'the kernel ended it for want of memory before its command ran',
    'raise its memory limit',
  ],
  [
    `${RUNC}error during container init: error mounting "/var/lib/kubelet/pods/9f/volume-subpaths/config/app/0" to rootfs at "/etc/nginx/nginx.conf": mount /var/lib:/etc/nginx/nginx.conf (via /proc/self/fd/6), flags: 0x5001: not a directory: unknown`,
    'what is mounted at /etc/nginx/nginx.conf is a directory where its image has a file, or the other way round',
    'mend its mountPath and subPath: a subPath that its volume has not becomes a directory',
  ],
  [
    `${RUNC}error during container init: error running prestart hook #0: exit status 1, stdout: , stderr: Auto-detected mode as 'legacy'\nnvidia-container-cli: initialization error: nvml error: driver not loaded: unknown`,
    'the runtime of NVIDIA cannot give it a GPU: initialization error: nvml error: driver not loaded',
    'see to the NVIDIA driver on its node: it comes with the AMI, or by the GPU operator',
  ],
  [
    `${RUNC}exec: "serve": executable file not found in $PATH: unknown`,
    'its command serve is not in the image',
    'mend the command, or the image',
  ],
  [
    `${RUNC}error during container init: exec: "/app/serve": stat /app/serve: no such file or directory: unknown`,
    'its command /app/serve is not in the image',
    'mend the command, or the image',
  ],
  [
    `${RUNC}exec: "/app/run.sh": permission denied: unknown`,
    'its command /app/run.sh may not be executed',
    'make it executable in the image, or name another one',
  ],
  [
    `${RUNC}exec /app/serve: exec format error: unknown`,
    'exec format error, as a program has that is built for another architecture',
    'build the image for the architecture of its nodes, or keep the pod on nodes that it is built for',
  ],
  [
    'failed to generate container "abc" spec: failed to apply OCI options: no command specified',
    'neither the pod nor its image names a command',
    'name one (command), or give the image an entrypoint',
  ],
  [
    'container has runAsNonRoot and image will run as root (pod: "api_shop(1)", container: api)',
    'it may not run as root (runAsNonRoot), and its image does',
    'set runAsUser to another user, or have the image name one by its number',
  ],
  [
    'container has runAsNonRoot and image has non-numeric user (node), cannot verify user is non-root',
    'it may not run as root (runAsNonRoot), and whether user node of its image is that cannot be told',
    'set runAsUser to the number of that user',
  ],
  [
    'container\'s runAsUser breaks non-root policy (pod: "api_shop(1)", container: api)',
    'it may not run as root (runAsNonRoot), and its runAsUser is 0',
    'set runAsUser to another user',
  ],
  [
    'failed to reserve container name "api_api_shop_1_0": name is reserved for "abc"',
    'the attempt before this one has not ended on its node',
    'look at its node: a slow disk, much load, containerd',
  ],
  [
    `${RUNC}error during container init: error mounting "/a" to rootfs at "/b": no such device: unknown`,
    'error mounting "/a" to rootfs at "/b": no such device',
    '',
  ],
];

describe('a container that cannot be started', () => {
  it.each(ERRORS)('%s', (message, words, next) => {
    const state = { waiting: { reason: 'CreateContainerError', message } };
    const found = why({ status: { containerStatuses: [{ name: 'api', state }] } });
    expect(found?.sentence).toBe(`container api cannot be started: ${words}`);
    expect(found?.next.join()).toBe(next);
  });

  it.each(ERRORS)('over and over again: %s', (message, words, next) => {
    const ended = { exitCode: 128, reason: 'StartError', message, finishedAt: iso(MINUTE) };
    const found = why(crashing(ended));
    expect(found?.sentence).toBe(
      `container api cannot be started: ${words}, 4 restarts; it waits before it is started again`,
    );
    // What was never started has no log.
    expect(found?.next.join()).toBe(next);
    // Once, not behind the exit and again as its message.
    expect(found?.evidence[0]?.text.split(message)).toHaveLength(2);
  });
});

const crashing = (terminated: object) => ({
  status: {
    phase: 'Running',
    containerStatuses: [
      {
        name: 'api',
        ...{ state: { waiting: { reason: 'CrashLoopBackOff' } }, restartCount: 4 },
        lastState: { terminated },
      },
    ],
  },
});
const AGAIN = ', 4 restarts; it waits before it is started again';

describe('a container that is ended and started again', () => {
  const killed = { exitCode: 137, reason: 'Error', finishedAt: iso(MINUTE) };
  const hook = (message: string, at: string) => ({
    ...{ reason: 'FailedPostStartHook', container: 'api', at: Date.parse(at), message },
  });

  it.each([
    ['PostStartHook failed', ''],
    ['PostStartHook failed: command "curl" exited with 7', ': command "curl" exited with 7'],
    [
      'Exec lifecycle hook ([curl -f http://x/]) for Container "api" in Pod "api_shop(1)" failed - error: command exited with 7, message: ""',
      ': command exited with 7, message: ""',
    ],
  ])('may be so for its postStart hook: %s', (message, words) => {
    expect(why({ ...crashing(killed), events: [hook(message, iso(MINUTE))] })?.sentence).toBe(
      `container api was ended because its postStart hook failed${words}${AGAIN}`,
    );
    // Long before this restart.
    expect(why({ ...crashing(killed), events: [hook(message, iso(9 * MINUTE))] })?.sentence).toBe(
      `container api was ended by SIGKILL (exit 137)${AGAIN}`,
    );
  });

  it('may be lost with its runtime, which knows no exit code', () => {
    const lost = { exitCode: 255, reason: 'Unknown', finishedAt: iso(MINUTE) };
    expect(why(crashing(lost))?.sentence).toBe(
      `container api was lost: its node cannot say how it ended (Unknown)${AGAIN}`,
    );
  });

  it('may be built for another architecture, as its last words say', () => {
    const message = 'exec /app/serve: exec format error\n';
    const ended = { exitCode: 255, reason: 'Error', message, finishedAt: iso(MINUTE) };
    expect(why(crashing(ended))?.sentence).toBe(
      `container api ended with exit 255: exec format error, as a program has that is built for another architecture${AGAIN}`,
    );
  });
});

it('a pod that its node refused says for what', () => {
  const refused = (reason: string, message: string) =>
    why({ status: { phase: 'Failed', reason, message: `Pod was rejected: ${message}` } })?.sentence;
  expect(refused('TopologyAffinityError', 'Resources cannot be allocated')).toBe(
    'n1 refused it: Resources cannot be allocated',
  );
  expect(refused('OutOfcpu', "Node didn't have enough resource: cpu")).toBe(
    "n1 had no room for it when it came there (cpu): Node didn't have enough resource: cpu",
  );
});

describe('a pod whose volume is not mounted', () => {
  const waits = { name: 'api', state: { waiting: { reason: 'ContainerCreating' } } };
  const failing = (reason: string, message: string) =>
    why({ status: { containerStatuses: [waits] }, events: [{ reason, message, type: 'Warning' }] });

  it.each([
    [
      'FailedMount',
      'MountVolume.MountDevice failed for volume "pvc-2" : kubernetes.io/csi: attacher.MountDevice failed to create newCsiDriverClient: driver name ebs.csi.aws.com not found in the list of registered CSI drivers',
    ],
    [
      'FailedAttachVolume',
      'AttachVolume.Attach failed for volume "pvc-2" : CSINode n1 does not contain driver ebs.csi.aws.com',
    ],
  ])('may wait for a driver that its node has not: %s', (reason, message) => {
    expect(failing(reason, message)?.sentence).toBe(
      'its volume pvc-2 waits for CSI driver ebs.csi.aws.com, which n1 has not',
    );
  });

  it('because its storage does not answer is told where to look', () => {
    const found = failing(
      'FailedMount',
      'MountVolume.SetUp failed for volume "efs-pv" : rpc error: code = DeadlineExceeded desc = context deadline exceeded',
    );
    expect(found?.sentence).toBe('its volume efs-pv cannot be mounted: context deadline exceeded');
    expect(found?.next[0]).toContain('port 2049');
  });
});
