import { ApiError } from './api-error.ts';
import type { Operation } from './operation.ts';
import type { Protocol } from './protocol.ts';
import { document, errorResponse, xml } from './query.ts';
import { restRouter } from './rest-route.ts';

/** AWS restXml (Route 53): method and path tell the operation, the answer is XML. Requests have no body. */
export function restXml(operations: readonly Operation[], xmlNamespace: string): Protocol {
  const routed = restRouter(operations);
  return {
    decode: (request) => Promise.resolve(routed(request)),
    encode: (operation, output) =>
      xml(
        operation.http?.[2] ?? 200,
        `<?xml version="1.0" encoding="UTF-8"?>\n${document(operation, output, xmlNamespace)}`,
      ),
    encodeError: (error) => errorResponse(error, xmlNamespace),
    unknownOperation: ({ method, url }) =>
      new ApiError('InvalidAction', 400, `${method} ${url.pathname} is not served`),
  };
}
