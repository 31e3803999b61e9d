import { expect, it } from 'vitest';
import { addFargateProfile } from '../../../src/simulator/catalog/region.ts';
import { isReady } from '../../../src/simulator/world/objects.ts';
import { NOW, smallWorld, workload } from './small-world.ts';

it('makes a profile, gives its pods machines, and takes both away with it', () => {
  const small = smallWorld({ nodes: 1 });
  const { cluster, region } = small.world;
  addFargateProfile(region, cluster, 'jobs', [{ namespace: 'shop', labels: {} }], NOW);
  const [profile] = cluster.fargateProfiles;
  if (!profile) throw new Error('no profile');
  profile.status = 'CREATING';
  small.add('deployments', 'early', workload('early', 1));
  small.run(30);
  expect(profile.status).toBe('CREATING');
  small.run(30);
  expect(profile.status).toBe('ACTIVE');

  small.add('deployments', 'late', workload('late', 2));
  small.run(120);
  const onFargate = (): string[] =>
    small
      .pods()
      .filter(({ spec }) => spec.nodeName?.startsWith('fargate-ip-') === true)
      .map(({ metadata }) => metadata.labels?.['app.kubernetes.io/name'] ?? '');
  // What ran before the profile stays where it is.
  expect(onFargate()).toEqual(['late', 'late']);

  profile.status = 'DELETING';
  small.run(150);
  expect(cluster.fargateProfiles).toEqual([]);
  expect(onFargate()).toEqual([]);
  expect(small.pods().filter(isReady)).toHaveLength(3);
});

it('tells what an Auto Scaling group does, and why it cannot', () => {
  const small = smallWorld({ nodes: 1 });
  small.group.desired = 2;
  small.run(90);
  expect(small.group.activities[0]).toMatchObject({
    status: 'Successful',
    description: expect.stringMatching(/^Launching a new EC2 instance: i-/) as string,
    cause: expect.stringContaining('increasing the capacity from 1 to 2') as string,
  });
  small.fleet.starved.add(small.group.name);
  small.group.desired = 3;
  small.run(90);
  expect(small.group.activities[0]).toMatchObject({
    status: 'Failed',
    message: expect.stringContaining('do not have sufficient m6i.xlarge capacity') as string,
  });
});
