import { JsonCodec2 } from '@smithy/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';
import { randomUUID } from 'node:crypto';
import { ApiError } from './api-error.ts';
import type { Operation } from './operation.ts';
import type { Protocol, WireResponse } from './protocol.ts';
import { restRouter } from './rest-route.ts';

/** Timestamps as seconds since the epoch: 7 in the schemas' numbering. */
const EPOCH_SECONDS = 7;
const codec = new JsonCodec2({
  timestampFormat: { useTrait: true, default: EPOCH_SECONDS },
  jsonName: true,
});

/** AWS restJson1 (EKS): method and path tell the operation, body and answer are JSON. */
export function restJson(operations: readonly Operation[]): Protocol {
  const routed = restRouter(operations);
  return {
    async decode(request) {
      const found = routed(request);
      if (found === null) return null;
      const input = await readBody(found.operation.input, request.body);
      return { operation: found.operation, input: { ...input, ...found.input } };
    },
    encode(operation, output) {
      const serializer = codec.createSerializer();
      serializer.write(operation.output, output);
      const body = new TextDecoder().decode(serializer.flush());
      return answer(operation.http?.[2] ?? 200, body || '{}');
    },
    encodeError: ({ code, status, message, members }) =>
      answer(status, JSON.stringify({ ...members, message }), { 'x-amzn-errortype': code }),
    unknownOperation: ({ method, url }) =>
      new ApiError('UnknownOperationException', 404, `${method} ${url.pathname} is not served`),
  };
}

async function readBody(schema: NormalizedSchema, body: string): Promise<Record<string, unknown>> {
  if (!body || schema.isUnitSchema()) return {};
  try {
    return ((await codec.createDeserializer().read(schema, body)) ?? {}) as Record<string, unknown>;
  } catch {
    throw new ApiError('InvalidRequestException', 400, 'the body is not what the operation takes');
  }
}

function answer(status: number, body: string, headers: Record<string, string> = {}): WireResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-requestid': randomUUID(), ...headers },
    body,
  };
}
