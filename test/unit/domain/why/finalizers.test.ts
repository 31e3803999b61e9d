import { describe, expect, it } from 'vitest';
import { whyClaim as whyClaimRule } from '../../../../src/domain/why/claim.ts';
import { whyIngress as whyIngressRule } from '../../../../src/domain/why/ingress.ts';
import { whyService as whyServiceRule } from '../../../../src/domain/why/service.ts';
import { podRow, rowOf, serviceRow } from '../../../support/rows.ts';
import { answers, NOW, worldOf } from './world.ts';

const whyClaim = answers(whyClaimRule);
const whyService = answers(whyServiceRule);
const whyIngress = answers(whyIngressRule);

const given = { name: 'data', namespace: 'shop', deleting: NOW - 60_000 };
const withFinalizers = (...finalizers: readonly string[]) => ({ metadata: { finalizers } });

describe('what is being deleted and stays', () => {
  it('names the finalizers, who they belong to, and what has failed since', () => {
    const object = withFinalizers('service.k8s.aws/resources');
    const failed = { reason: 'FailedCleanup', message: 'AccessDenied', at: NOW - 5_000 };
    const found = whyService(
      serviceRow(given),
      worldOf({
        objects: { 'services/shop/data': object },
        events: { 'Service/shop/data': [failed, { reason: 'Old', at: NOW - 90_000 }] },
      }),
    );
    expect(found?.sentence).toBe(
      'it stays until service.k8s.aws/resources is done with it (finalizers)',
    );
    expect(found?.evidence.map(({ source }) => source)).toEqual([
      'finalizers',
      'metadata',
      'event FailedCleanup',
    ]);
    expect(found?.next[0]).toContain('AWS Load Balancer Controller');
    const ingress = rowOf('ingresses', given);
    const objects = { 'ingresses/shop/data': withFinalizers('group.ingress.k8s.aws/web') };
    expect(whyIngress(ingress, worldOf({ objects }))?.next).toEqual(found?.next);
  });

  it('says nothing of what has just been deleted, or has no finalizers', () => {
    const objects = { 'services/shop/data': withFinalizers('a/b') };
    const fresh = serviceRow({ ...given, deleting: NOW - 1_000 });
    expect(whyService(fresh, worldOf({ objects }))).toBeNull();
    expect(whyService(serviceRow(given), worldOf({}))).toBeNull();
  });

  it('may be a claim that pods use, also such as have ended', () => {
    const claim = rowOf('persistentvolumeclaims', { ...given, phase: 'Bound' });
    const objects = {
      'persistentvolumeclaims/shop/data': withFinalizers('kubernetes.io/pvc-protection'),
    };
    const uses = { namespace: 'shop', uses: ['persistentvolumeclaims/data'] };
    const pods = [
      podRow({ ...uses, name: 'a', node: 'n1', phase: 'Succeeded', status: 'Completed' }),
      podRow({ ...uses, name: 'b', node: '' }),
      podRow({ ...uses, name: 'c', namespace: 'else', node: 'n1' }),
    ];
    expect(whyClaim(claim, worldOf({ rows: { pods }, objects }))).toMatchObject({
      ...{ certainty: 'deduced', sentence: 'it stays until no pod uses it: a does' },
      evidence: [{ source: 'pod a', text: 'Completed' }],
    });
    expect(whyClaim(claim, worldOf({ objects }))?.sentence).toBe(
      'it stays until kubernetes.io/pvc-protection is done with it (finalizers)',
    );
  });
});
