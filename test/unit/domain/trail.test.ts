import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAbout, trailCall } from '../../../src/domain/trail.ts';

const event = (told: unknown, given: Partial<Parameters<typeof trailCall>[0]> = {}) => ({
  EventName: 'UpdateNodegroupVersion',
  EventSource: 'eks.amazonaws.com',
  Username: 'alice',
  CloudTrailEvent: JSON.stringify(told),
  ...given,
});

describe('what CloudTrail remembers of a call', () => {
  it('tells who, from where, by what, and whether it was refused', () => {
    const call = trailCall(
      event({
        userIdentity: { type: 'AssumedRole', arn: 'arn:aws:sts::1:assumed-role/admin/alice' },
        sourceIPAddress: '192.0.2.7',
        userAgent: 'aws-cli/2.27.1',
        requestParameters: { name: 'shop', nodegroupName: 'web', force: false },
        errorCode: 'AccessDenied',
        errorMessage: 'no',
      }),
    );
    expect(call).toMatchObject({
      operation: 'UpdateNodegroupVersion',
      service: 'eks',
      who: 'arn:aws:sts::1:assumed-role/admin/alice',
      from: '192.0.2.7',
      agent: 'aws-cli/2.27.1',
      error: 'AccessDenied: no',
    });
    expect(isAbout(call, 'web')).toBe(true);
    expect(isAbout(call, 'we')).toBe(false);
  });

  it('is about the Auto Scaling group that EKS named after a node group', () => {
    const given = { EventSource: 'autoscaling.amazonaws.com', EventName: 'SetDesiredCapacity' };
    const told = { requestParameters: { autoScalingGroupName: 'eks-web-1cc3' } };
    expect(isAbout(trailCall(event(told, given)), 'web')).toBe(true);
    const other = { requestParameters: { bucketName: 'web' } };
    expect(isAbout(trailCall(event(other, { EventSource: 's3.amazonaws.com' })), 'web')).toBe(
      false,
    );
  });

  it('names a service that called on behalf of somebody, and the user where there is no ARN', () => {
    expect(trailCall(event({}, { Username: '' })).who).toBe('');
    expect(trailCall(event({})).who).toBe('alice');
    const service = { userIdentity: { type: 'AWSService', invokedBy: 'eks.amazonaws.com' } };
    expect(trailCall(event(service, { Username: '' })).who).toBe('eks.amazonaws.com');
  });

  it('is read whatever it holds', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (told) => {
        const call = trailCall(event(told));
        expect(typeof call.who).toBe('string');
        isAbout(call, 'web');
      }),
    );
    expect(trailCall(event(null, { CloudTrailEvent: '{"cut off' })).who).toBe('alice');
  });
});
