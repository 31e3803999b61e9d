import { XmlShapeSerializer } from '@aws-sdk/core/protocols';
import { randomUUID } from 'node:crypto';
import { ApiError } from './api-error.ts';
import { type FormDialect, readForm } from './form.ts';
import type { Operation } from './operation.ts';
import type { Protocol, ProtocolChoice, WireRequest, WireResponse } from './protocol.ts';

/** Timestamps as ISO date and time: 5 in the schemas' numbering. */
const DATE_TIME = 5;

/**
 * AWS Query (STS, Auto Scaling) and EC2 Query: a form tells the operation, the answer is XML. A
 * signed URL carries its form in the query string.
 */
export function query(
  operations: readonly Operation[],
  dialect: FormDialect,
  xmlNamespace: string,
): Protocol {
  const byName = new Map(operations.map((operation) => [operation.name, operation]));

  const formOf = ({ url, body }: WireRequest): URLSearchParams =>
    new URLSearchParams(body || url.search);

  return {
    decode(request) {
      const form = formOf(request);
      const operation = byName.get(form.get('Action') ?? '');
      if (!operation) return Promise.resolve(null);
      return Promise.resolve({ operation, input: readForm(operation.input, form, dialect) });
    },
    encode(operation, output) {
      const { name } = operation;
      const result = members(operation, output, xmlNamespace);
      const id = randomUUID();
      return xml(
        200,
        dialect === 'ec2'
          ? `<${name}Response xmlns="${xmlNamespace}"><requestId>${id}</requestId>${result}</${name}Response>`
          : `<${name}Response xmlns="${xmlNamespace}"><${name}Result>${result}</${name}Result>` +
              `<ResponseMetadata><RequestId>${id}</RequestId></ResponseMetadata></${name}Response>`,
      );
    },
    encodeError: (error) =>
      dialect === 'ec2' ? ec2Error(error) : errorResponse(error, xmlNamespace),
    unknownOperation(request) {
      const action = formOf(request).get('Action') ?? '';
      return new ApiError(
        'InvalidAction',
        400,
        `The action ${action} is not valid for this service`,
      );
    },
  };
}

/** Generations of a service that share a name: the form says by its version which one is meant. */
export function byVersion(generations: Readonly<Record<string, Protocol>>): ProtocolChoice {
  const [newest] = Object.values(generations);
  if (newest === undefined) throw new Error('a service without a generation');
  return ({ url, body }) =>
    generations[new URLSearchParams(body || url.search).get('Version') ?? ''] ?? newest;
}

function ec2Error({ code, status, message }: ApiError): WireResponse {
  const error = `<Code>${escape(code)}</Code><Message>${escape(message)}</Message>`;
  const id = randomUUID();
  return xml(
    status,
    `<Response><Errors><Error>${error}</Error></Errors><RequestID>${id}</RequestID></Response>`,
  );
}

/** An error as the Query and the REST protocol put it. */
export function errorResponse(
  { code, status, message }: ApiError,
  xmlNamespace: string,
): WireResponse {
  return xml(
    status,
    `<ErrorResponse xmlns="${xmlNamespace}"><Error><Type>${status < 500 ? 'Sender' : 'Receiver'}</Type>` +
      `<Code>${escape(code)}</Code><Message>${escape(message)}</Message></Error>` +
      `<RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
  );
}

/** The members of a structure, without the element around them: the protocol names that one. */
const members = (operation: Operation, output: unknown, xmlNamespace: string): string =>
  document(operation, output, xmlNamespace)
    .replace(/^<[^>]*>/, '')
    .replace(/<\/[^>]*>$/, '');

/** A structure in an element of its own name. */
export function document(operation: Operation, output: unknown, xmlNamespace: string): string {
  if (operation.output.isUnitSchema()) return '';
  const serializer = new XmlShapeSerializer({
    timestampFormat: { useTrait: true, default: DATE_TIME },
    xmlNamespace,
    serviceNamespace: '',
  });
  serializer.write(operation.output, output);
  return Buffer.from(serializer.flush()).toString('utf8');
}

const ENTITIES: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;' };
export const escape = (text: string): string =>
  text.replace(/[<>&]/g, (sign) => ENTITIES[sign] ?? sign);

/** An answer in XML. */
export function xml(status: number, body: string): WireResponse {
  return {
    status,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': randomUUID() },
    body,
  };
}
