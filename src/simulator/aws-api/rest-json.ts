import { JsonCodec2 } from '@smithy/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';
import { randomUUID } from 'node:crypto';
import { ApiError } from './api-error.ts';
import type { Operation } from './operation.ts';
import type { Protocol, WireRequest, WireResponse } from './protocol.ts';
import { scalar } from './scalar.ts';

/** Timestamps as seconds since the epoch: 7 in the schemas' numbering. */
const EPOCH_SECONDS = 7;
const codec = new JsonCodec2({
  timestampFormat: { useTrait: true, default: EPOCH_SECONDS },
  jsonName: true,
});

interface Route {
  readonly operation: Operation;
  readonly method: string;
  readonly pattern: RegExp;
  readonly labels: readonly string[];
}

/** AWS restJson1 (EKS): method and path tell the operation, body and answer are JSON. */
export function restJson(operations: readonly Operation[]): Protocol {
  const routes = operations.flatMap(routeOf);
  return {
    async decode({ method, url, body, headers }) {
      for (const route of routes) {
        const match = route.method === method ? route.pattern.exec(url.pathname) : null;
        if (!match) continue;
        const { operation } = route;
        const input = await readBody(operation.input, body);
        route.labels.forEach((label, i) => {
          input[label] = decodeURIComponent(match[i + 1] ?? '');
        });
        Object.assign(input, readQuery(operation.input, url.searchParams));
        Object.assign(input, readHeaders(operation.input, headers));
        return { operation, input };
      }
      return null;
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

function routeOf(operation: Operation): readonly Route[] {
  if (!operation.http) return [];
  const [method, template] = operation.http;
  const labels: string[] = [];
  const path = template.replace(/\{([^}]+)\}/g, (_, label: string) => {
    labels.push(label);
    return '([^/]+)';
  });
  return [{ operation, method, pattern: new RegExp(`^${path}/?$`), labels }];
}

async function readBody(schema: NormalizedSchema, body: string): Promise<Record<string, unknown>> {
  if (!body || schema.isUnitSchema()) return {};
  try {
    return ((await codec.createDeserializer().read(schema, body)) ?? {}) as Record<string, unknown>;
  } catch {
    throw new ApiError('InvalidRequestException', 400, 'the body is not what the operation takes');
  }
}

function readQuery(schema: NormalizedSchema, query: URLSearchParams): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  if (schema.isUnitSchema()) return found;
  for (const [member, memberSchema] of schema.structIterator()) {
    const name = memberSchema.getMergedTraits().httpQuery;
    if (!name || !query.has(name)) continue;
    found[member] = memberSchema.isListSchema()
      ? query.getAll(name).map((text) => scalar(memberSchema.getValueSchema(), text))
      : scalar(memberSchema, query.get(name) ?? '');
  }
  return found;
}

function readHeaders(
  schema: NormalizedSchema,
  headers: WireRequest['headers'],
): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  if (schema.isUnitSchema()) return found;
  for (const [member, memberSchema] of schema.structIterator()) {
    const name = memberSchema.getMergedTraits().httpHeader;
    const text = name && headers[name.toLowerCase()];
    if (typeof text === 'string') found[member] = scalar(memberSchema, text);
  }
  return found;
}

function answer(status: number, body: string, headers: Record<string, string> = {}): WireResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-requestid': randomUUID(), ...headers },
    body,
  };
}
