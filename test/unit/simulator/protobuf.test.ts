import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { describe, expect, it } from 'vitest';
import { MESSAGES } from '../../../src/simulator/kube-api/protobuf-messages.ts';
import { decodeProtobuf } from '../../../src/simulator/kube-api/protobuf.ts';

/** A message with strings and messages in the fields given. */
function message(fields: Readonly<Record<number, string | Uint8Array>>): Uint8Array {
  const writer = new BinaryWriter();
  for (const [field, value] of Object.entries(fields)) {
    writer.tag(Number(field), WireType.LengthDelimited);
    if (typeof value === 'string') writer.string(value);
    else writer.bytes(value);
  }
  return writer.finish();
}

/** The envelope in which Kubernetes sends protobuf. */
function envelope(kind: string, raw: Uint8Array): Uint8Array {
  const unknown = message({ 1: message({ 1: 'v1', 2: kind }), 2: raw });
  return Buffer.concat([Buffer.from('k8s\0'), unknown]);
}

describe('bodies in protobuf', () => {
  it('an access review is read with its attributes', () => {
    const attributes = message({ 1: 'payments', 2: 'list', 5: 'pods', 9: 'of a later version' });
    const body = envelope('SelfSubjectAccessReview', message({ 2: message({ 1: attributes }) }));
    expect(decodeProtobuf(body)).toEqual({
      apiVersion: 'v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes: { namespace: 'payments', verb: 'list', resource: 'pods' } },
    });
  });

  it('numbers are numbers', () => {
    const options = new BinaryWriter().tag(1, WireType.Varint).int64(30).finish();
    const body = envelope('Eviction', message({ 1: message({ 1: 'web-1' }), 2: options }));
    expect(decodeProtobuf(body)).toEqual({
      apiVersion: 'v1',
      kind: 'Eviction',
      metadata: { name: 'web-1' },
      deleteOptions: { gracePeriodSeconds: 30 },
    });
  });

  it('a deployment as kubectl sends it: zeros of Go are left out, those that are meant stay', () => {
    const number = (field: number, value: number) =>
      new BinaryWriter().tag(field, WireType.Varint).int64(value).finish();
    const entry = (key: string, value: string | Uint8Array) => message({ 1: key, 2: value });
    const port = Buffer.concat([message({ 1: '' }), number(2, 0), number(3, 80)]);
    const resources = message({ 1: entry('cpu', message({ 1: '500m' })) });
    const probe = message({ 1: message({ 2: message({ 1: '/', 2: number(2, 80) }) }) });
    const reference = message({ 1: message({ 1: 'settings' }), 2: 'mode' });
    const container = message({
      1: 'nginx',
      2: 'nginx:1',
      3: 'run',
      5: '',
      6: port,
      7: message({ 1: 'MODE', 3: message({ 3: reference }) }),
      8: resources,
      10: probe,
    });
    const template = message({
      1: message({ 11: entry('app', 'web') }),
      2: message({ 2: container }),
    });
    const metadata = message({ 1: 'web', 8: new Uint8Array(), 11: entry('app', 'web') });
    const spec = Buffer.concat([
      number(1, 0),
      number(5, 0),
      message({ 2: message({ 1: entry('app', 'web') }), 3: template, 4: message({ 1: '' }) }),
    ]);
    expect(decodeProtobuf(envelope('Deployment', message({ 1: metadata, 2: spec })))).toEqual({
      apiVersion: 'v1',
      kind: 'Deployment',
      metadata: { name: 'web', labels: { app: 'web' } },
      spec: {
        replicas: 0,
        selector: { matchLabels: { app: 'web' } },
        strategy: {},
        template: {
          metadata: { labels: { app: 'web' } },
          spec: {
            containers: [
              {
                name: 'nginx',
                image: 'nginx:1',
                command: ['run'],
                ports: [{ containerPort: 80 }],
                env: [
                  {
                    name: 'MODE',
                    valueFrom: { configMapKeyRef: { name: 'settings', key: 'mode' } },
                  },
                ],
                resources: { limits: { cpu: '500m' } },
                livenessProbe: { httpGet: { path: '/', port: 80 } },
              },
            ],
          },
        },
      },
    });
  });

  it('bytes are base64, and a port by name is a name', () => {
    const entry = message({ 1: 'key', 2: Buffer.from('secret') });
    expect(decodeProtobuf(envelope('Secret', message({ 2: entry })))).toMatchObject({
      data: { key: 'c2VjcmV0' },
    });
    const kind = new BinaryWriter().tag(1, WireType.Varint).int64(1).finish();
    const target = Buffer.concat([kind, message({ 3: 'http' })]);
    const service = message({ 2: message({ 1: message({ 4: target }) }) });
    expect(decodeProtobuf(envelope('Service', service))).toMatchObject({
      spec: { ports: [{ targetPort: 'http' }] },
    });
  });

  it('other kinds are refused: they can come as JSON', () => {
    expect(() => decodeProtobuf(envelope('PodTemplate', new Uint8Array()))).toThrow(
      'accepted media types include: application/json',
    );
  });

  it('what is no message is a mistake of the client', () => {
    const body = envelope('Namespace', Buffer.from([0x0a, 0xff, 0xff]));
    expect(() => decodeProtobuf(body)).toThrow('the object provided is unrecognized');
  });

  it('every message that a field names is there', () => {
    const lines = MESSAGES.trim().split(/\n(?! )/);
    const names = new Set(lines.map((line) => line.split(':')[0]));
    const used = lines.flatMap((line) =>
      [...line.matchAll(/=([A-Z]\w+)/g)].map(([, type]) => type),
    );
    const own = ['Quantity', 'IntOrString'];
    expect(used.filter((type = '') => !names.has(type) && !own.includes(type))).toEqual([]);
  });
});
