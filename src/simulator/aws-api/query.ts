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
    encodeError({ code, status, message }) {
      const id = randomUUID();
      const error = `<Code>${escape(code)}</Code><Message>${escape(message)}</Message>`;
      return xml(
        status,
        dialect === 'ec2'
          ? `<Response><Errors><Error>${error}</Error></Errors><RequestID>${id}</RequestID></Response>`
          : `<ErrorResponse xmlns="${xmlNamespace}"><Error><Type>${status < 500 ? 'Sender' : 'Receiver'}</Type>` +
              `${error}</Error><RequestId>${id}</RequestId></ErrorResponse>`,
      );
    },
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

/** The members of a structure, without the element around them: the protocol names that one. */
function members(operation: Operation, output: unknown, xmlNamespace: string): string {
  if (operation.output.isUnitSchema()) return '';
  const serializer = new XmlShapeSerializer({
    timestampFormat: { useTrait: true, default: DATE_TIME },
    xmlNamespace,
    serviceNamespace: '',
  });
  serializer.write(operation.output, output);
  return Buffer.from(serializer.flush())
    .toString('utf8')
    .replace(/^<[^>]*>/, '')
    .replace(/<\/[^>]*>$/, '');
}

const ENTITIES: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;' };
const escape = (text: string): string => text.replace(/[<>&]/g, (sign) => ENTITIES[sign] ?? sign);

function xml(status: number, body: string): WireResponse {
  return {
    status,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': randomUUID() },
    body,
  };
}
