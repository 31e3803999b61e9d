import { describe, expect, it } from 'vitest';
import { eksContextOf } from '../../../../src/sources/kube/eks.ts';
import type { ExecConfig } from '../../../../src/sources/kube/kubeconfig.ts';

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

describe('an EKS context is recognised', () => {
  it.each([
    [
      'as update-kubeconfig writes it',
      exec('aws', '--region eu-central-1 eks get-token --cluster-name shop --output json'),
      { name: 'shop', region: 'eu-central-1', profile: '', role: '' },
    ],
    [
      'with a role and a profile',
      exec(
        '/usr/bin/aws',
        '--region eu-central-1 eks get-token --cluster-name=shop --role arn:aws:iam::1:role/R',
        { AWS_PROFILE: 'prod' },
      ),
      { name: 'shop', region: 'eu-central-1', profile: 'prod', role: 'arn:aws:iam::1:role/R' },
    ],
    [
      'as eksctl writes it, with the region of the endpoint',
      exec('aws-iam-authenticator', 'token -i shop', { AWS_STS_REGIONAL_ENDPOINTS: 'regional' }),
      { name: 'shop', region: 'eu-west-1', profile: '', role: '' },
    ],
    [
      'of a local cluster on Outposts',
      exec('aws', 'eks get-token --cluster-id 1234-5678 --region us-east-1 --profile p'),
      { name: '1234-5678', region: 'us-east-1', profile: 'p', role: '' },
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
      exec('aws', 'eks get-token --cluster-name shop', { AWS_CA_BUNDLE: '/x' }),
    ],
    ['without a cluster', exec('aws', 'eks get-token --region eu-west-1')],
  ])('%s', (_name, config) => {
    expect(eksContextOf(config, SERVER, 'c')).toBeNull();
  });
});
