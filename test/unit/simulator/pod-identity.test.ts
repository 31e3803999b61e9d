import { expect, it } from 'vitest';
import { addAssociation } from '../../../src/simulator/catalog/pod-identity.ts';
import type { Pod } from '../../../src/simulator/world/objects.ts';
import { NOW, type SmallWorld, smallWorld, workload } from './small-world.ts';

const ROLE = 'arn:aws:iam::111122223333:role/api';
const SA = 'eks.amazonaws.com';

/** The first pod of a deployment whose pods use the service account `api`. */
function podOf(
  small: SmallWorld,
  annotations: Readonly<Record<string, string>>,
  pod: Readonly<Record<string, unknown>> = {},
): Pod {
  small.world.store.create('serviceaccounts', {
    metadata: { name: 'api', namespace: 'shop', annotations },
  });
  small.add('deployments', 'api', workload('api', 1, { serviceAccountName: 'api', ...pod }));
  small.run(5);
  const [first] = small.pods();
  if (!first) throw new Error('no pod');
  return first;
}

const variables = ({ spec }: Pod, container = 0): Record<string, string> =>
  Object.fromEntries(
    ((spec.containers[container]?.['env'] ?? []) as { name: string; value: string }[]).map(
      ({ name, value }) => [name, value],
    ),
  );

it('gives the pods of an annotated service account a token and their role', () => {
  const pod = podOf(smallWorld(), { [`${SA}/role-arn`]: ROLE, [`${SA}/audience`]: 'other' });
  expect(variables(pod)).toEqual({
    AWS_STS_REGIONAL_ENDPOINTS: 'regional',
    AWS_DEFAULT_REGION: 'eu-central-1',
    AWS_REGION: 'eu-central-1',
    AWS_ROLE_ARN: ROLE,
    AWS_WEB_IDENTITY_TOKEN_FILE: '/var/run/secrets/eks.amazonaws.com/serviceaccount/token',
  });
  expect(pod.spec.volumes?.[0]).toMatchObject({
    name: 'aws-iam-token',
    projected: {
      sources: [
        { serviceAccountToken: { audience: 'other', expirationSeconds: 86400, path: 'token' } },
      ],
    },
  });
});

it('puts an association before the annotation', () => {
  const small = smallWorld();
  const { region, cluster } = small.world;
  const plan = { namespace: 'shop', serviceAccount: 'api', roleArn: ROLE };
  addAssociation(region, cluster, plan, NOW);
  const pod = podOf(small, { [`${SA}/role-arn`]: ROLE });
  expect(variables(pod)).toMatchObject({
    AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://169.254.170.23/v1/credentials',
  });
  expect(variables(pod)).not.toHaveProperty('AWS_ROLE_ARN');
  expect(pod.spec.volumes?.[0]).toMatchObject({ name: 'eks-pod-identity-token' });
});

it('leaves out what is to be skipped, and what says itself who it is', () => {
  const small = smallWorld();
  const own = { name: 'AWS_ROLE_ARN', value: 'mine' };
  const pod = podOf(
    small,
    { [`${SA}/role-arn`]: ROLE },
    {
      containers: [
        { name: 'own', image: 'x', env: [own] },
        { name: 'plain', image: 'x' },
      ],
    },
  );
  expect(variables(pod, 0)).toEqual({ AWS_ROLE_ARN: 'mine' });
  expect(variables(pod, 1)).toMatchObject({ AWS_ROLE_ARN: ROLE });
});
