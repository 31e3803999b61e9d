import { cbor, CborCodec } from '@smithy/core/cbor';
import { randomUUID } from 'node:crypto';
import { ApiError } from './api-error.ts';
import type { Operation } from './operation.ts';
import type { Protocol, WireRequest, WireResponse } from './protocol.ts';

const codec = new CborCodec();

/**
 * Smithy RPC v2 with CBOR: the path tells the operation, body and answer are CBOR, and so are errors,
 * which name their type in it.
 *
 * @see https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html
 */
export function rpcCbor(operations: readonly Operation[]): Protocol {
  const byName = new Map(operations.map((operation) => [operation.name, operation]));
  return {
    async decode(request) {
      const operation = byName.get(nameIn(request));
      if (!operation) return null;
      if (request.bytes.length === 0) return { operation, input: {} };
      try {
        const input: unknown = await codec
          .createDeserializer()
          .read(operation.input, request.bytes);
        return { operation, input: input ?? {} };
      } catch {
        throw new ApiError('SerializationException', 400, 'the body is no CBOR of this operation');
      }
    },
    encode(operation, output) {
      const serializer = codec.createSerializer();
      serializer.write(operation.output, output);
      return answer(200, serializer.flush());
    },
    encodeError: ({ code, status, message, members }) =>
      answer(status, cbor.serialize({ ...members, __type: code, message })),
    unknownOperation: (request) =>
      new ApiError('UnknownOperationException', 404, `${nameIn(request)} is not served`),
  };
}

/** `GetMetricData` of `/service/GraniteServiceVersion20100801/operation/GetMetricData`. */
const nameIn = ({ url }: WireRequest): string =>
  /^\/service\/\w+\/operation\/(\w+)$/.exec(url.pathname)?.[1] ?? '';

const answer = (status: number, body: Uint8Array): WireResponse => ({
  status,
  headers: {
    'smithy-protocol': 'rpc-v2-cbor',
    'content-type': 'application/cbor',
    'x-amzn-requestid': randomUUID(),
  },
  body,
});
