import type { IncomingMessage } from 'node:http';
import type { KindRef } from '../../domain/ref.ts';
import { readList, unwrapUnknown } from './decode/envelope.ts';
import type { Decoder } from './decode/index.ts';
import { asRequestError, isExpired, oneLine, RequestError } from './errors.ts';
import { ListCutter, type ListEnvelope } from './list-cutter.ts';
import { collectionPath, doing } from './paths.ts';
import type { Transport } from './transport.ts';
import { turns } from './turns.ts';
import { PROTOBUF } from './watch-stream.ts';

const PAGE = 500;

/** What is listed, and who gets it. */
export interface ListRequest<Row> {
  readonly transport: Transport;
  readonly kind: KindRef;
  readonly namespace: string;
  readonly decoder: Decoder<Row>;
  readonly protobuf: boolean;
  readonly signal: AbortSignal;
  /** The answer has begun: from here on rows come. */
  begin(contentType: string): void;
  row(row: Row): void;
}

/**
 * Lists page by page and gives the resourceVersion to watch from. Where the token of a page has
 * expired, the rest of that list is inconsistent: it is read anew in one piece, as client-go does.
 */
export async function pagedList<Row>(request: ListRequest<Row>): Promise<string> {
  let token = '';
  let whole = false;
  for (;;) {
    try {
      const page = await onePage(request, whole ? {} : { limit: String(PAGE), ...next(token) });
      if (page.continueToken === '') return page.resourceVersion;
      token = page.continueToken;
    } catch (error) {
      if (token === '' || !(error instanceof RequestError) || !isExpired(error)) throw error;
      token = '';
      whole = true;
    }
  }
}

function next(token: string): Record<string, string> {
  return token === '' ? {} : { continue: token };
}

async function onePage<Row>(
  request: ListRequest<Row>,
  query: Record<string, string>,
): Promise<ListEnvelope> {
  const { transport, kind, namespace, protobuf, signal } = request;
  const response = await transport.open({
    doing: doing('list', kind.resource, namespace),
    path: collectionPath(kind, namespace),
    query,
    accept: protobuf ? `${PROTOBUF},application/json` : 'application/json',
    signal,
  });
  const contentType = response.headers['content-type'] ?? '';
  if (!('continue' in query)) request.begin(contentType);
  try {
    return contentType.startsWith(PROTOBUF)
      ? await readProtobuf(response, request)
      : await readJson(response, request);
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw asRequestError(error, transport.host);
    const why = error instanceof Error ? oneLine(error.message).slice(0, 120) : '';
    throw new RequestError(0, `${transport.host} sent a malformed list (${why})`, {
      hint: 'is a proxy in between?',
      reason: 'Malformed',
    });
  }
}

async function readJson<Row>(
  response: IncomingMessage,
  request: ListRequest<Row>,
): Promise<ListEnvelope> {
  const cutter = new ListCutter();
  for await (const chunk of response as AsyncIterable<Buffer>) {
    for (const item of cutter.push(chunk)) {
      request.row(request.decoder.json(JSON.parse(item.toString('utf8'))));
      if (turns.over) await turns.again();
    }
  }
  return cutter.end();
}

async function readProtobuf<Row>(
  response: IncomingMessage,
  request: ListRequest<Row>,
): Promise<ListEnvelope> {
  const chunks: Buffer[] = [];
  for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
  const page = readList(unwrapUnknown(Buffer.concat(chunks)).raw);
  for (const item of page.items) {
    request.row(request.decoder.protobuf(item));
    if (turns.over) await turns.again();
  }
  return page;
}
