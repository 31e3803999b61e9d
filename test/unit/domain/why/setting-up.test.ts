import { describe, expect, it } from 'vitest';
import { why } from './pod-case.ts';

const status = {
  containerStatuses: [{ name: 'api', state: { waiting: { reason: 'ContainerCreating' } } }],
  conditions: [{ type: 'PodReadyToStartContainers', status: 'False' }],
};
const told = (reason: string, message: string, more: readonly object[] = []) =>
  why({ status, events: [{ reason, message }, ...more] });

describe('a volume that is not mounted', () => {
  const SETUP = 'MountVolume.SetUp failed for volume "data" : ';
  const lasts =
    'Unable to attach or mount volumes: unmounted volumes=[data], unattached volumes=[], failed to process volumes=[]: timed out waiting for the condition';

  it.each([
    [
      `${SETUP}[configmap "a" not found, secret "b" not found]`,
      'its volume data needs configmap a and secret b, which are not there',
      'make what is missing, or mend its name in the template',
    ],
    [
      `${SETUP}failed to fetch token: serviceaccounts "ghost" not found`,
      'its volume data needs serviceaccount ghost, which is not there',
      'make what is missing, or mend its name in the template',
    ],
    [
      `${SETUP}rpc error: code = Internal desc = Could not mount "fs-1:/" at "/var/lib/x": mount failed: exit status 32\nMounting command: mount\nMounting arguments: -t efs -o tls fs-1:/ /var/lib/x\nOutput: mount.nfs4: access denied by server while mounting 127.0.0.1:/`,
      'its volume data cannot be mounted: Could not mount "fs-1:/": mount.nfs4: access denied by server while mounting 127.0.0.1:/',
      'see what the policy of the file system asks for of those that mount it (IAM, TLS, an access point)',
    ],
    [
      `${SETUP}rpc error: code = Internal desc = Failed to resolve "fs-1.efs.eu-central-1.amazonaws.com"`,
      'its volume data cannot be mounted: Failed to resolve "fs-1.efs.eu-central-1.amazonaws.com"',
      'give the file system a mount target in the zone of n1, and let the VPC resolve names',
    ],
    [
      `${SETUP}rpc error: code = Unknown desc = failed to mount secrets store objects for pod shop/api, err: rpc error: code = Unknown desc = eu-central-1: Failed fetching secret db: AccessDeniedException: User: arn:aws:sts::1:assumed-role/app/x is not authorized to perform: secretsmanager:GetSecretValue`,
      'its volume data cannot be mounted: eu-central-1: Failed fetching secret db: AccessDeniedException: User: arn:aws:sts::1:assumed-role/app/x is not authorized to perform: secretsmanager:GetSecretValue',
      'give the role that asks there the right: that of the driver, or that of the pod’s service account where the driver asks in its name',
    ],
    [
      `${SETUP}rpc error: code = Unknown desc = failed to mount secrets store objects for pod shop/api, err: error connecting to provider "aws": provider not found: provider "aws"`,
      'its volume data cannot be mounted: error connecting to provider "aws": provider not found: provider "aws"',
      'see whether the provider’s own pod on n1 runs',
    ],
  ])('is told by what its driver says: %j', (message, sentence, step) => {
    const found = told('FailedMount', message, [{ reason: 'FailedMount', message: lasts }]);
    expect(found?.sentence).toBe(sentence);
    expect(found?.next).toEqual([step]);
  });

  it('is told without the layers of the calls to AWS', () => {
    const message =
      'AttachVolume.Attach failed for volume "data" : rpc error: code = Internal desc = Could not attach volume "vol-1" to node "i-1": operation error EC2: AttachVolume, https response error StatusCode: 403, RequestID: a-1, api error UnauthorizedOperation: You are not authorized to perform this operation.';
    expect(told('FailedAttachVolume', message)?.sentence).toBe(
      'its volume data cannot be attached: Could not attach volume "vol-1" to node "i-1": UnauthorizedOperation: You are not authorized to perform this operation',
    );
  });

  it('may take too long without a word', () => {
    expect(told('FailedMount', lasts)).toMatchObject({
      certainty: 'unknown',
      sentence: 'its volume data is not mounted in time, and no event says what keeps it',
    });
    const two = lasts.replace('[data]', '[data conf]');
    expect(told('FailedMount', two)?.sentence).toBe(
      'its volumes data, conf are not mounted in time, and no event says what keeps it',
    );
  });
});

describe('a pod whose sandbox is not there', () => {
  const made = (words: string) =>
    told(
      'FailedCreatePodSandBox',
      `Failed to create pod sandbox: rpc error: code = Unknown desc = ${words}`,
    );

  it('may lack the image of all sandboxes', () => {
    const image = '602401143452.dkr.ecr.eu-north-1.amazonaws.com/eks/pause:3.5';
    const found = made(
      `failed to get sandbox image "${image}": failed to pull image "${image}": failed to pull and unpack image "${image}": failed to resolve reference "${image}": unexpected status from HEAD request to https://602401143452.dkr.ecr.eu-north-1.amazonaws.com/v2/eks/pause/manifests/3.5: 401 Unauthorized`,
    );
    expect(found?.sentence).toBe(
      `n1 cannot fetch the image that the sandbox of every pod is made of: 401 Unauthorized: ${image}`,
    );
    expect(found?.next[0]).toContain('replace n1');
  });

  it('may ask for a runtime that its node has not', () => {
    const found = made('failed to get sandbox runtime: no runtime for "nvidia" is configured');
    expect(found?.next[0]).toContain('know runtime nvidia');
  });

  it('may wait for an interface of its own, whatever the CNI calls it', () => {
    const cni = {
      reason: 'FailedCreatePodSandBox',
      message:
        'Failed to create pod sandbox: plugin type="aws-cni" failed (add): add cmd: failed to assign an IP address to container',
    };
    const branch = {
      reason: 'BranchAllocationFailed',
      message: 'failed to allocate branch ENI to pod: The security group ID sg-1 does not exist',
    };
    expect(why({ status, events: [cni, branch] })?.sentence).toBe(
      'it gets no network interface of its own (security groups for pods): The security group ID sg-1 does not exist',
    );
  });

  it('says what else cannot be done, and not what is over', () => {
    const devices = {
      reason: 'FailedPrepareDynamicResources',
      message: 'Failed to prepare dynamic resources: driver gpu.nvidia.com is not registered',
    };
    const before = { reason: 'FailedScheduling', message: '0/1 nodes are available' };
    expect(why({ status, events: [devices, before] })?.sentence).toBe(
      'n1 has not prepared it, and says: Failed to prepare dynamic resources: driver gpu.nvidia.com is not registered',
    );
    expect(why({ status, events: [before] })?.certainty).toBe('unknown');
  });
});
