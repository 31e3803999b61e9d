/** The longest answer of AWS that is read (bytes): a page of any of its lists is far shorter. */
export const LONGEST_BODY = 16 << 20;

/** An answer that goes on and on. */
class BodyTooLong extends Error {
  constructor() {
    super('the answer is longer than any of AWS');
    this.name = 'BodyTooLong';
  }
}

/** A page for people: of a proxy, or of the portal of a network. */
class PageAnswered extends Error {
  constructor() {
    super('the answer is an HTML page');
    this.name = 'PageAnswered';
  }
}

const PAGE = /^\s*<(!doctype\s+html|html)\b/i;

/**
 * Reads a response to its end, as the clients' `streamCollector`.
 *
 * @throws {PageAnswered} where it is no answer of AWS: read as XML, a page is a list of nothing
 * @throws {BodyTooLong} beyond {@link LONGEST_BODY}; the connection is cut then
 */
export async function collectBody(stream: unknown): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop early destroys the stream.
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    length += chunk.byteLength;
    if (length > LONGEST_BODY) throw new BodyTooLong();
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks, length);
  if (PAGE.test(body.toString('latin1', 0, 256))) throw new PageAnswered();
  return body;
}
