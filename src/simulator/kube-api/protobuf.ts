import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { ApiError } from './status.ts';

export const PROTOBUF = 'application/vnd.kubernetes.protobuf';

/** A message's fields by number: a name, and for a message in it the fields of that. */
interface Shape {
  readonly [field: number]: string | readonly [name: string, shape: Shape];
}

const DELETE_OPTIONS: Shape = { 1: 'gracePeriodSeconds', 4: 'propagationPolicy' };

/**
 * The few bodies that clients send as protobuf even to servers that answer in JSON: kubectl's
 * typed clients, for `auth can-i`, `drain` and `create namespace`. Numbers are those of the API's
 * .proto files; fields that nothing here reads are left out.
 */
const SHAPES: Readonly<Record<string, Shape>> = {
  SelfSubjectAccessReview: {
    2: [
      'spec',
      {
        1: [
          'resourceAttributes',
          {
            1: 'namespace',
            2: 'verb',
            3: 'group',
            4: 'version',
            5: 'resource',
            6: 'subresource',
            7: 'name',
          },
        ],
        2: ['nonResourceAttributes', { 1: 'path', 2: 'verb' }],
      },
    ],
  },
  Namespace: { 1: ['metadata', { 1: 'name' }] },
  SelfSubjectRulesReview: { 2: ['spec', { 1: 'namespace' }] },
  SelfSubjectReview: {},
  Eviction: {
    1: ['metadata', { 1: 'name', 3: 'namespace' }],
    2: ['deleteOptions', DELETE_OPTIONS],
  },
  DeleteOptions: DELETE_OPTIONS,
};

/** Decodes a protobuf body. @throws {ApiError} 415 for a kind that only JSON may bring */
export function decodeProtobuf(body: Uint8Array): Record<string, unknown> {
  // `k8s\0`, then runtime.Unknown: the type and the message itself.
  const envelope = read(body.subarray(4), { 1: ['type', { 2: 'kind' }] });
  const { kind = '' } = (envelope['type'] ?? {}) as { kind?: string };
  const shape = SHAPES[kind];
  if (!shape) {
    throw new ApiError(
      415,
      'UnsupportedMediaType',
      'the body of the request was in an unknown format - accepted media types include: application/json',
    );
  }
  return { kind, ...read(rawOf(body.subarray(4)), shape) };
}

function read(bytes: Uint8Array, shape: Shape): Record<string, unknown> {
  const reader = new BinaryReader(bytes);
  const result: Record<string, unknown> = {};
  while (reader.pos < reader.len) {
    const [field, wire] = reader.tag();
    const known = shape[field];
    if (known === undefined) reader.skip(wire);
    else if (typeof known !== 'string') result[known[0]] = read(reader.bytes(), known[1]);
    else if (wire === WireType.LengthDelimited) result[known] = reader.string();
    else result[known] = Number(reader.int64());
  }
  return result;
}

function rawOf(bytes: Uint8Array): Uint8Array {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [field, wire] = reader.tag();
    if (field === 2) return reader.bytes();
    reader.skip(wire);
  }
  return new Uint8Array();
}
