/** Requests of REST protocols: method and path tell the operation, and hold parts of its input. */
import type { NormalizedSchema } from '@smithy/core/schema';
import type { Operation } from './operation.ts';
import type { WireRequest } from './protocol.ts';
import { scalar } from './scalar.ts';

interface Route {
  readonly operation: Operation;
  readonly method: string;
  readonly pattern: RegExp;
  readonly labels: readonly string[];
}

/** The operation that a request is for and what of its input path, query and headers hold; null: none. */
export function restRouter(
  operations: readonly Operation[],
): (request: WireRequest) => { operation: Operation; input: Record<string, unknown> } | null {
  const routes = operations.flatMap(routeOf);
  return ({ method, url, headers }) => {
    for (const route of routes) {
      const match = route.method === method ? route.pattern.exec(url.pathname) : null;
      if (!match) continue;
      const { operation } = route;
      const input: Record<string, unknown> = {};
      route.labels.forEach((label, i) => {
        input[label] = decodeURIComponent(match[i + 1] ?? '');
      });
      Object.assign(input, readQuery(operation.input, url.searchParams));
      Object.assign(input, readHeaders(operation.input, headers));
      return { operation, input };
    }
    return null;
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
