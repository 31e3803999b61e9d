import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { describe, expect, it } from 'vitest';
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
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes: { namespace: 'payments', verb: 'list', resource: 'pods' } },
    });
  });

  it('numbers are numbers', () => {
    const options = new BinaryWriter().tag(1, WireType.Varint).int64(30).finish();
    const body = envelope('Eviction', message({ 1: message({ 1: 'web-1' }), 2: options }));
    expect(decodeProtobuf(body)).toEqual({
      kind: 'Eviction',
      metadata: { name: 'web-1' },
      deleteOptions: { gracePeriodSeconds: 30 },
    });
  });

  it('other kinds are refused: they can come as JSON', () => {
    expect(() => decodeProtobuf(envelope('Deployment', new Uint8Array()))).toThrow(
      'accepted media types include: application/json',
    );
  });
});
