import { describe, expect, it } from 'vitest';
import { podidentities } from '../../../src/domain/tables/podidentities.ts';
import type { TableId, Tables } from '../../../src/domain/tables/index.ts';
import { Store } from '../../../src/store/index.ts';
import { nodeRow, podRow, serviceAccountRow } from '../../support/rows.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

function opened() {
  const store = new Store({ clock: new VirtualClock() });
  const put = <T extends TableId>(table: T, ...rows: Tables[T][]) => store.sink(table).put(rows);
  const pod = (name: string) => store.get('pods', `uid-default-${name}`);
  const node = (name: string) => store.get('nodes', `uid--${name}`);
  return { put, pod, node };
}

describe('a node', () => {
  it('of Fargate is as large as its pod tells, where that can be read', () => {
    const { put, node } = opened();
    put('nodes', nodeRow({ name: 'f', compute: 'fargate' }), nodeRow({ name: 'n' }));
    const onFargate = { fargateProfile: 'jobs', fargateSize: '0.25vCPU 0.5GB' };
    put('pods', podRow({ name: 'a', node: 'f', ...onFargate }));
    put('pods', podRow({ name: 'b', node: 'n', ...onFargate }));
    expect(node('f')?.fargateSize).toEqual({ cpu: 0.25, gigabytes: 0.5 });
    expect(node('n')?.fargateSize).toBeNull();
    put('pods', podRow({ name: 'a', node: 'f', ...onFargate, fargateSize: 'large' }));
    expect(node('f')?.fargateSize).toBeNull();
  });
});

describe('a pod', () => {
  it('has the role of the association of its account, beside that of the annotation', () => {
    const { put, pod } = opened();
    const [irsa, pia] = ['arn:aws:iam::1:role/by-irsa', 'arn:aws:iam::1:role/by-pia'];
    put('pods', podRow({ name: 'a', serviceAccount: 'api' }));
    put('serviceaccounts', serviceAccountRow({ name: 'api', role: irsa }));
    expect(pod('a')).toMatchObject({ role: irsa, associatedRole: null });
    const association = { ...podidentities.blank, namespace: 'default', name: 'api' };
    put('podidentities', { ...association, uid: 'a-1', roleArn: pia });
    expect(pod('a')).toMatchObject({ role: irsa, associatedRole: pia });
  });
});
