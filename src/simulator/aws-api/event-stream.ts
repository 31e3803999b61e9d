/** Answers that go on: messages of application/vnd.amazon.eventstream, each with a checksum of its own. */
import { EventStreamCodec } from '@smithy/core/event-streams';
import { JsonCodec2 } from '@smithy/core/protocols';
import { randomUUID } from 'node:crypto';
import type { Operation } from './operation.ts';
import type { WireResponse } from './protocol.ts';

const json = new JsonCodec2({
  timestampFormat: { useTrait: false, default: 7 },
  jsonName: false,
});
const wire = new EventStreamCodec(
  (bytes) => (typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('utf8')),
  (text) => Buffer.from(text, 'utf8'),
);

/**
 * An answer whose member is a stream: of objects that have one member each, the event, by its name in
 * the schema. One that is an error ends it.
 *
 * @see https://smithy.io/2.0/aws/amazon-eventstream.html
 */
export function eventStream(operation: Operation, output: unknown, member: string): WireResponse {
  const events = (output as Readonly<Record<string, AsyncIterable<object>>>)[member];
  return {
    status: 200,
    headers: {
      'content-type': 'application/vnd.amazon.eventstream',
      'x-amzn-requestid': randomUUID(),
    },
    body: messages(operation, events, member),
  };
}

async function* messages(
  { output }: Operation,
  events: AsyncIterable<object> | undefined,
  member: string,
): AsyncGenerator<Uint8Array> {
  // Protocols that are remote procedure calls begin with what else the answer has: nothing.
  yield message({ ':message-type': 'event', ':event-type': 'initial-response' }, '{}');
  if (events === undefined) return;
  const schema = output.getMemberSchema(member);
  for await (const event of events) {
    for (const [name, value] of Object.entries(event) as [string, unknown][]) {
      const own = schema.getMemberSchema(name);
      const serializer = json.createSerializer();
      serializer.write(own, value);
      const isError = own.getMergedTraits().error !== undefined;
      const headers = isError
        ? { ':message-type': 'exception', ':exception-type': name }
        : { ':message-type': 'event', ':event-type': name };
      yield message(headers, Buffer.from(serializer.flush()).toString('utf8'));
      if (isError) return;
    }
  }
}

const message = (headers: Readonly<Record<string, string>>, body: string): Uint8Array =>
  wire.encode({
    headers: Object.fromEntries(
      Object.entries({ ...headers, ':content-type': 'application/json' }).map(([name, value]) => [
        name,
        { type: 'string', value },
      ]),
    ),
    body: Buffer.from(body, 'utf8'),
  });
