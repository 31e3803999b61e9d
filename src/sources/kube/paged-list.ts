import type { KindRef } from '../../domain/ref.ts';
import { readList, unwrapUnknown } from './envelope.ts';
import { asRequestError, isExpired, oneLine, RequestError } from './errors.ts';
import { LIMITS, tooLarge, tooMany } from './limits.ts';
import type { Link } from './link.ts';
import { ListCutter, type ListEnvelope } from './list-cutter.ts';
import { collectionPath, doing } from './paths.ts';
import { PROTOBUF, type Representation } from './representation.ts';
import type { KubeRequest } from './request.ts';
import type { Transport } from './transport.ts';
import { turns } from '../../core/turns.ts';

const PAGE = 500;

/** What is listed, and who gets it. */
export interface ListRequest<Row> {
  readonly transport: Transport;
  readonly kind: Pick<KindRef, 'group' | 'version' | 'resource'>;
  readonly namespace: string;
  readonly form: Representation<Row>;
  /** Pages are compressed where it is slow; absent: never. */
  readonly link?: Link | undefined;
  /** Media types in place of those of its form. */
  readonly accept?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Selectors. */
  readonly query?: Readonly<Record<string, string>>;
  /** So many are enough. */
  readonly limit?: number;
  /** The answer has begun: from here on rows come. */
  begin?(contentType: string): void;
  row(row: Row): void;
}

/**
 * Lists page by page and gives the resourceVersion to watch from. Where the token of a page has
 * expired, the rest of that list is inconsistent: it is read anew in one piece, as client-go does.
 * @throws RequestError; also beyond {@link LIMITS}
 */
export async function pagedList<Row>(request: ListRequest<Row>): Promise<string> {
  const { limit = Infinity } = request;
  const name = request.kind.resource;
  let token = '';
  let whole = false;
  let rows = 0;
  const counted: ListRequest<Row> = {
    ...request,
    row: (row) => {
      if (++rows > LIMITS.objects) throw tooMany(`${LIMITS.objects} ${name}`);
      if (rows <= limit) request.row(row);
    },
  };
  for (let pages = 1; pages <= LIMITS.pages; pages++) {
    try {
      const size = String(Math.min(PAGE, limit - rows));
      const page = await onePage(counted, whole ? {} : { limit: size, ...next(token) });
      if (page.continueToken === '' || rows >= limit) return page.resourceVersion;
      if (page.continueToken === token) throw endless('repeats the token of a page');
      token = page.continueToken;
    } catch (error) {
      if (token === '' || !(error instanceof RequestError) || !isExpired(error)) throw error;
      token = '';
      whole = true;
      rows = 0;
    }
  }
  throw endless(`has more than ${LIMITS.pages} pages of ${name}`);
}

function endless(what: string): RequestError {
  return new RequestError(0, `the server's list does not end: it ${what}`, {
    hint: 'is a proxy in between?',
    reason: 'Malformed',
  });
}

function next(token: string): Record<string, string> {
  return token === '' ? {} : { continue: token };
}

async function onePage<Row>(
  request: ListRequest<Row>,
  query: Record<string, string>,
): Promise<ListEnvelope> {
  const { transport, kind, namespace, form, link, signal } = request;
  const asked: KubeRequest = {
    doing: doing('list', kind.resource, namespace),
    path: collectionPath(kind, namespace),
    query: { ...query, ...form.query, ...request.query },
    accept: request.accept ?? form.accept.list,
    compressed: link?.isSlow === true,
    signal,
  };
  const response = await transport.open(asked);
  const contentType = response.headers['content-type'] ?? '';
  if (!('continue' in query)) {
    form.begin();
    request.begin?.(contentType);
  }
  const body = transport.chunks(asked, response);
  const chunks = !link || asked.compressed ? body : measured(body, link);
  try {
    return contentType.startsWith(PROTOBUF)
      ? await readProtobuf(chunks, request)
      : await readJson(chunks, request);
  } catch (error) {
    if (signal?.aborted === true) throw error;
    if (error instanceof Error && 'code' in error) throw asRequestError(error, transport.host);
    const why = error instanceof Error ? oneLine(error.message).slice(0, 120) : '';
    throw new RequestError(0, `${transport.host} sent a malformed list (${why})`, {
      hint: 'is a proxy in between?',
      reason: 'Malformed',
    });
  }
}

/** Tells the link how fast a body comes that is not compressed. */
async function* measured(body: AsyncIterable<Buffer>, link: Link): AsyncGenerator<Buffer> {
  const came = link.meter();
  for await (const chunk of body) {
    came(chunk.length);
    yield chunk;
  }
}

async function readJson<Row>(
  chunks: AsyncIterable<Buffer>,
  request: ListRequest<Row>,
): Promise<ListEnvelope> {
  const { form } = request;
  const cutter = new ListCutter((before) => form.envelope(before));
  for await (const chunk of chunks) {
    for (const item of cutter.push(chunk)) {
      request.row(form.json(JSON.parse(item.toString('utf8'))));
      if (turns.over) await turns.again();
    }
  }
  return cutter.end();
}

async function readProtobuf<Row>(
  chunks: AsyncIterable<Buffer>,
  request: ListRequest<Row>,
): Promise<ListEnvelope> {
  const all: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    all.push(chunk);
    size += chunk.length;
    if (size > LIMITS.page) throw tooLarge('a page', LIMITS.page);
  }
  const page = readList(unwrapUnknown(Buffer.concat(all)).raw);
  for (const item of page.items) {
    request.row(request.form.protobuf(item));
    if (turns.over) await turns.again();
  }
  return page;
}
