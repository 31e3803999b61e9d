import { randomUUID } from 'node:crypto';
import type { ApiError as Failure } from './api-error.ts';
import { ApiError } from './api-error.ts';
import type { Operation } from './operation.ts';
import type { Protocol, WireResponse } from './protocol.ts';
import { escape } from './query.ts';

/** What an answer of S3 may hold besides its status. */
interface Told {
  readonly BucketRegion?: string;
  readonly LocationConstraint?: string;
}

const answer = (status: number, body: string, more: Record<string, string> = {}): WireResponse => ({
  status,
  headers: { 'content-type': 'application/xml', 'x-amz-request-id': randomUUID(), ...more },
  body,
});

/**
 * S3 as it is asked by paths, `/bucket` and `/bucket?location`: the bucket is in none of the
 * templates that its other protocols have, answers are headers or one bare element, and answers to
 * HEAD have no body.
 */
export function s3Paths(operations: readonly Operation[]): Protocol {
  let headed = false;
  return {
    decode({ method, url }) {
      const Bucket = decodeURIComponent(url.pathname.replace(/^\/|\/$/g, ''));
      headed = method === 'HEAD';
      const name = headed
        ? 'HeadBucket'
        : url.searchParams.has('location')
          ? 'GetBucketLocation'
          : '';
      const found = operations.find((each) => each.name === name);
      return Promise.resolve(
        found === undefined || Bucket === '' ? null : { operation: found, input: { Bucket } },
      );
    },
    encode({ name }, output) {
      const { BucketRegion = '', LocationConstraint = '' } = output as Told;
      if (name === 'HeadBucket') return answer(200, '', { 'x-amz-bucket-region': BucketRegion });
      const space = 'http://s3.amazonaws.com/doc/2006-03-01/';
      return answer(
        200,
        `<?xml version="1.0" encoding="UTF-8"?>\n<LocationConstraint xmlns="${space}">${escape(LocationConstraint)}</LocationConstraint>`,
      );
    },
    encodeError: ({ status, code, message }: Failure) =>
      answer(
        status,
        headed
          ? ''
          : `<Error><Code>${escape(code)}</Code><Message>${escape(message)}</Message></Error>`,
      ),
    unknownOperation: ({ method, url }) =>
      new ApiError('NotImplemented', 501, `${method} ${url.pathname} is not served`),
  };
}
