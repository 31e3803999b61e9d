import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { yamlOf } from '../../../src/resources/yaml.ts';

const applied = 'kubectl.kubernetes.io/last-applied-configuration';
const plainly = { managedFields: false };

describe('YAML of an object', () => {
  it('leaves managedFields out unless asked for', () => {
    const object = {
      kind: 'Pod',
      metadata: { name: 'api', managedFields: [{ manager: 'kubectl' }] },
    };
    expect(yamlOf(object, plainly)).toBe('kind: Pod\nmetadata:\n  name: api');
    expect(yamlOf(object, { managedFields: true })).toContain('manager: kubectl');
  });

  it('shows of a secret how long its values are, and nothing else', () => {
    const secret = {
      kind: 'Secret',
      metadata: {
        name: 'db',
        annotations: {
          [applied]:
            '{"kind":"Secret","metadata":{"name":"db"},"data":{"password":"aHVudGVyMg=="}}',
        },
      },
      data: { password: 'aHVudGVyMg==' },
      stringData: { user: 'größe' },
    };
    const text = yamlOf(secret, plainly);
    expect(text).not.toContain('aHVudGVyMg');
    expect(text).not.toContain('größe');
    expect(parse(text)).toMatchObject({
      data: { password: '••• (7 bytes)' },
      stringData: { user: '••• (7 bytes)' },
    });
  });

  it('masks what was applied last even where it is no JSON', () => {
    const secret = {
      kind: 'Secret',
      metadata: { name: 'db', annotations: { [applied]: 'hunter2' } },
    };
    expect(yamlOf(secret, plainly)).not.toContain('hunter2');
  });

  it('masks literal variables that are named like secrets, wherever containers stand', () => {
    const container = {
      name: 'api',
      env: [
        { name: 'DB_PASSWORD', value: 'hunter2' },
        { name: 'LOG_LEVEL', value: 'info' },
        { name: 'API_TOKEN', valueFrom: { secretKeyRef: { name: 'api', key: 'token' } } },
      ],
    };
    const text = yamlOf(
      {
        kind: 'Deployment',
        metadata: {
          name: 'api',
          annotations: { [applied]: JSON.stringify({ metadata: {}, spec: container }) },
        },
        spec: { template: { spec: { containers: [container] } } },
      },
      plainly,
    );
    expect(text).not.toContain('hunter2');
    expect(text).toContain('info');
    expect(text).toContain('secretKeyRef');
  });
});
