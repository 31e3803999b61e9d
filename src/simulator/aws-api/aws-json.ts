import { JsonCodec2 } from '@smithy/core/protocols';
import { randomUUID } from 'node:crypto';
import { ApiError } from './api-error.ts';
import { eventStream } from './event-stream.ts';
import type { Operation } from './operation.ts';
import type { Protocol, WireRequest, WireResponse } from './protocol.ts';

/** Timestamps as seconds since the epoch: 7 in the schemas' numbering. */
const EPOCH_SECONDS = 7;
const codec = new JsonCodec2({
  timestampFormat: { useTrait: false, default: EPOCH_SECONDS },
  jsonName: false,
});

/**
 * AWS JSON (CloudWatch and its logs): a header tells the operation, behind the name of its service;
 * body and answer are JSON, errors name their type in it.
 *
 * @param version `1.0` or `1.1`
 */
export function awsJson(operations: readonly Operation[], version: string): Protocol {
  const byName = new Map(operations.map((operation) => [operation.name, operation]));
  const answer = (status: number, body: string): WireResponse => ({
    status,
    headers: {
      'content-type': `application/x-amz-json-${version}`,
      'x-amzn-requestid': randomUUID(),
    },
    body,
  });
  return {
    async decode(request) {
      const operation = byName.get(nameIn(request));
      if (!operation) return null;
      try {
        const body = request.body || '{}';
        const input: unknown = await codec.createDeserializer().read(operation.input, body);
        return { operation, input: input ?? {} };
      } catch {
        throw new ApiError('SerializationException', 400, 'the body is no JSON of this operation');
      }
    },
    encode(operation, output) {
      const stream = operation.output.getEventStreamMember();
      if (stream !== '') return eventStream(operation, output, stream);
      const serializer = codec.createSerializer();
      serializer.write(operation.output, output);
      return answer(200, new TextDecoder().decode(serializer.flush()) || '{}');
    },
    encodeError: ({ code, status, message, members }) =>
      answer(status, JSON.stringify({ ...members, __type: code, message })),
    unknownOperation: (request) =>
      new ApiError('UnknownOperationException', 400, `${nameIn(request)} is not served`),
  };
}

/** `FilterLogEvents` of `Logs_20140328.FilterLogEvents`; CloudTrail's has more dots in front. */
function nameIn({ headers }: WireRequest): string {
  const target = headers['x-amz-target'];
  return typeof target === 'string' ? target.slice(target.lastIndexOf('.') + 1) : '';
}
