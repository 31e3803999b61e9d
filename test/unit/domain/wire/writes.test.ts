import { describe, expect, it } from 'vitest';
import { decoderOf } from '../../../../src/domain/tables/index.ts';

const SECOND = '2026-11-24T04:02:48Z';
const LATER = '2026-11-24T05:00:00Z';

const entry = (manager: string, time: string | undefined, spec: object, subresource = '') => ({
  manager,
  operation: 'Update',
  ...(time !== undefined && { time }),
  fieldsType: 'FieldsV1',
  fieldsV1: { 'f:spec': spec },
  ...(subresource !== '' && { subresource }),
});

const writes = (...managedFields: readonly object[]) =>
  decoderOf('deployments').json({ metadata: { name: 'api', managedFields } }).writes;

const OWNS_ALL = { 'f:replicas': {}, 'f:template': { 'f:spec': {} } };

describe('who wrote an object', () => {
  it('is who did so last, by part', () => {
    const told = writes(
      entry('helm', SECOND, OWNS_ALL),
      entry('kubectl-set', LATER, { 'f:template': {} }),
    );
    expect(told).toMatchObject({
      any: { by: 'kubectl-set', at: Date.parse(LATER) },
      replicas: { by: 'helm', at: Date.parse(SECOND) },
      template: { by: 'kubectl-set' },
    });
  });

  it('is who scaled it, although that has no time', () => {
    const scaling = entry('kubectl', undefined, { 'f:replicas': {} }, 'scale');
    const others = entry('helm', LATER, OWNS_ALL);
    const expected = { by: 'kubectl', at: 0, subresource: 'scale' };
    expect(writes(scaling, others).replicas).toEqual(expected);
    expect(writes(others, scaling).replicas).toEqual(expected);
  });

  it('is nobody who only told its status, and nobody where nothing is told', () => {
    const status = entry('kube-controller-manager', LATER, OWNS_ALL, 'status');
    expect(writes(status)).toEqual({ any: null, replicas: null, template: null });
    expect(writes()).toEqual({ any: null, replicas: null, template: null });
  });
});
