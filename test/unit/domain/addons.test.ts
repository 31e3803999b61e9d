import { describe, expect, it } from 'vitest';
import { addonOf, compareVersions, newerVersion, nextMinor } from '../../../src/domain/addon.ts';
import { addonHealth } from '../../../src/domain/eks-health.ts';
import { blankAddon } from '../../../src/domain/tables/addons.ts';
import { Store } from '../../../src/store/index.ts';
import { container, podRow } from '../../support/rows.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const REGISTRY = '602401143452.dkr.ecr.eu-central-1.amazonaws.com';
const cni = (name: string, tag: string, isReady = true) =>
  podRow({
    name,
    namespace: 'kube-system',
    isReady,
    phase: 'Running',
    containers: [container({ name: 'aws-node', image: `${REGISTRY}/amazon-k8s-cni:${tag}` })],
  });

function opened() {
  const store = new Store({ clock: new VirtualClock() });
  const pods = store.sink('pods');
  pods.relist();
  pods.put([cni('a', 'v1.18.1'), cni('b', 'v1.18.1', false)]);
  pods.synced();
  return { store, addon: () => store.get('addons', 'vpc-cni') };
}

describe('an add-on that only its pods tell of', () => {
  it('is self-managed once all that EKS keeps are listed, and not before', () => {
    const { store, addon } = opened();
    expect(addon()).toMatchObject({ origin: 'pods', selfManaged: null, running: ['v1.18.1'] });
    const sink = store.sink('addons');
    sink.relist();
    sink.put([{ ...blankAddon('coredns'), status: 'ACTIVE' }]);
    sink.synced();
    expect(addon()).toMatchObject({ origin: 'pods', selfManaged: true, pods: 2, podsReady: 1 });
    sink.put([{ ...blankAddon('vpc-cni'), status: 'ACTIVE', version: 'v1.18.1-eksbuild.1' }]);
    expect(addon()).toMatchObject({ origin: 'aws', selfManaged: false, pods: 2, podsReady: 1 });
    sink.remove([{ uid: 'vpc-cni' }]);
  });

  it('is one of kube-system, by the image of a container that is no init container', () => {
    const at = (namespace: string, image: string, role = 'main') =>
      addonOf({ namespace, containers: [{ role, image }] });
    expect(at('kube-system', `${REGISTRY}/eks/coredns:v1.13.1-eksbuild.1`)).toEqual({
      addon: 'coredns',
      tag: 'v1.13.1-eksbuild.1',
    });
    expect(at('kube-system', 'localhost:5000/coredns@sha256:ab')).toEqual({
      addon: 'coredns',
      tag: '',
    });
    expect(at('shop', `${REGISTRY}/eks/coredns:v1`)).toBeNull();
    expect(at('kube-system', `${REGISTRY}/constructor:v1`)).toBeNull();
    expect(at('kube-system', `${REGISTRY}/amazon-k8s-cni:v1`, 'init')).toBeNull();
  });
});

describe('versions', () => {
  it.each([
    ['v1.20.4-eksbuild.2', 'v1.20.4-eksbuild.10', -1],
    ['v1.9.0-eksbuild.1', 'v1.10.0-eksbuild.1', -1],
    ['v1.20.4', 'v1.20.4-eksbuild.1', -1],
    ['v1.20.4', 'v1.20.4', 0],
  ])('%s and %s', (a, b, order) => {
    expect(Math.sign(compareVersions(a, b))).toBe(order);
  });

  it('are newer, the newest, or not known', () => {
    const versions = ['v1.2.0-eksbuild.1', 'v1.1.0-eksbuild.1'];
    expect(newerVersion({ version: 'v1.1.0-eksbuild.1', versions })).toBe('v1.2.0-eksbuild.1');
    expect(newerVersion({ version: 'v1.2.0-eksbuild.1', versions })).toBe('');
    expect(newerVersion({ version: 'v1.1.0', versions: null })).toBeNull();
  });

  it('of Kubernetes follow each other', () => {
    expect([nextMinor('1.35'), nextMinor('1.9'), nextMinor('')]).toEqual(['1.36', '1.10', '']);
  });
});

describe('the health of an add-on', () => {
  it.each([
    [{ status: 'ACTIVE' }, 'ok', ''],
    [{ status: 'UPDATING' }, 'busy', ''],
    [{ status: 'DEGRADED', health: [{ code: 'A', message: 'b', resources: [] }] }, 'bad', 'A: b'],
    [{ status: 'ACTIVE', pods: 3, podsReady: 2 }, 'warn', '2 of 3 pods ready'],
    [
      { status: 'ACTIVE', version: 'v1', versions: ['v2'] },
      'warn',
      "does not go with the cluster's version",
    ],
  ])('of %o', (given, level, cause) => {
    expect(addonHealth({ ...blankAddon('x'), ...given }, 0)).toEqual({ level, cause });
  });
});
