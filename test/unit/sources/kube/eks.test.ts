import { describe, expect, it } from 'vitest';
import { eksContextOf } from '../../../../src/sources/kube/eks.ts';
import type { ExecConfig } from '../../../../src/sources/kube/kubeconfig-user.ts';

const SERVER = 'https://ABC.gr7.eu-west-1.eks.amazonaws.com';

const exec = (command: string, args: string, env: Record<string, string> = {}): ExecConfig => ({
  command,
  args: args.split(' '),
  env,
  apiVersion: 'client.authentication.k8s.io/v1beta1',
  interactiveMode: '',
  provideClusterInfo: false,
  installHint: '',
});

const signIn = (region = '', profile = '', env: Record<string, string> = {}) => ({
  region,
  profile,
  env,
});

describe('an EKS context is recognised', () => {
  it.each([
    [
      'as update-kubeconfig writes it',
      exec('aws', '--region eu-central-1 eks get-token --cluster-name shop --output json'),
      {
        name: 'shop',
        region: 'eu-central-1',
        profile: '',
        role: '',
        signIn: signIn('eu-central-1'),
      },
    ],
    [
      'with a role and a profile',
      exec(
        '/usr/bin/aws',
        '--region eu-central-1 eks get-token --cluster-name=shop --role arn:aws:iam::1:role/R',
        { AWS_PROFILE: 'prod' },
      ),
      {
        name: 'shop',
        region: 'eu-central-1',
        profile: 'prod',
        role: 'arn:aws:iam::1:role/R',
        signIn: signIn('eu-central-1', '', { AWS_PROFILE: 'prod' }),
      },
    ],
    [
      'as eksctl writes it, with the region of the endpoint',
      exec('aws-iam-authenticator', 'token -i shop', { AWS_STS_REGIONAL_ENDPOINTS: 'regional' }),
      {
        name: 'shop',
        region: 'eu-west-1',
        profile: '',
        role: '',
        signIn: signIn('', '', { AWS_STS_REGIONAL_ENDPOINTS: 'regional' }),
      },
    ],
    [
      'of a local cluster on Outposts',
      exec('aws', 'eks get-token --cluster-id 1234-5678 --region us-east-1 --profile p'),
      {
        name: '1234-5678',
        region: 'us-east-1',
        profile: 'p',
        role: '',
        signIn: signIn('us-east-1', 'p'),
      },
    ],
    [
      'with the profile of its flag before that of its variables',
      exec('aws', 'eks get-token --cluster-name shop --profile flag', {
        AWS_PROFILE: 'variable',
        AWS_DEFAULT_REGION: 'eu-south-1',
      }),
      {
        name: 'shop',
        region: 'eu-west-1',
        profile: 'flag',
        role: '',
        signIn: signIn('', 'flag', { AWS_PROFILE: 'variable', AWS_DEFAULT_REGION: 'eu-south-1' }),
      },
    ],
  ])('%s', (_name, config, expected) => {
    expect(eksContextOf(config, SERVER, 'c')).toEqual(expected);
  });

  it('by the ARN where nothing else names the region', () => {
    const config = exec('aws', 'eks get-token --cluster-name shop');
    const arn = 'arn:aws:eks:ap-south-1:123456789012:cluster/shop';
    expect(eksContextOf(config, 'https://10.0.0.1', arn)?.region).toBe('ap-south-1');
    expect(eksContextOf(config, 'https://10.0.0.1', 'shop')).toBeNull();
  });
});

describe('the plugin itself must run', () => {
  it.each([
    ['for another program', exec('gke-gcloud-auth-plugin', 'x')],
    ['for another command of aws', exec('aws', 'sts get-caller-identity')],
    [
      'for a flag that we would not honour',
      exec('aws', 'eks get-token --cluster-name shop --endpoint-url http://x'),
    ],
    [
      'for a variable that we would not honour',
      exec('aws', 'eks get-token --cluster-name shop', { LD_PRELOAD: '/x' }),
    ],
    ['for a flag without a value', exec('aws', 'eks get-token --cluster-name')],
    ['for a name and an id', exec('aws', 'eks get-token --cluster-name shop --cluster-id 1')],
    ['without a cluster', exec('aws', 'eks get-token --region eu-west-1')],
  ])('%s', (_name, config) => {
    expect(eksContextOf(config, SERVER, 'c')).toBeNull();
  });
});
