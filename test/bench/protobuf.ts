/** Just enough of the protobuf wire format to read fields out of a message and to replace some. */

/** Where (field numbers from the outside in) and what: text, a whole number, or bytes. */
export type Change = readonly [path: readonly number[], value: string | number | Buffer];

interface Field {
  readonly number: number;
  readonly wire: number;
  /** The bytes of a length-delimited field without their length, else the encoded value. */
  readonly body: Buffer;
}

/** All values of a length-delimited field, in order. */
export function get(message: Buffer, number: number): Buffer[] {
  return fields(message)
    .filter((field) => field.number === number && field.wire === 2)
    .map(({ body }) => body);
}

/** The message with each change made to every field on its path; a path that is not there is skipped. */
export function put(message: Buffer, changes: readonly Change[]): Buffer {
  const parts: Buffer[] = [];
  for (const field of fields(message)) {
    const meant = changes.filter(([path]) => path[0] === field.number);
    const whole = meant.find(([path]) => path.length === 1)?.[1];
    if (whole !== undefined) parts.push(encode(field.number, whole));
    else if (meant.length > 0 && field.wire === 2) {
      const inner = meant.map(([path, value]): Change => [path.slice(1), value]);
      parts.push(encode(field.number, put(field.body, inner)));
    } else parts.push(encodeField(field));
  }
  return Buffer.concat(parts);
}

/** One field with its tag. */
export function encode(number: number, value: string | number | Buffer): Buffer {
  return typeof value === 'number'
    ? encodeField({ number, wire: 0, body: varint(value) })
    : encodeField({ number, wire: 2, body: Buffer.from(value) });
}

function encodeField({ number, wire, body }: Field): Buffer {
  const tag = varint(number * 8 + wire);
  return Buffer.concat(wire === 2 ? [tag, varint(body.length), body] : [tag, body]);
}

function fields(message: Buffer): Field[] {
  const found: Field[] = [];
  let at = 0;
  const next = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = message[at++] ?? 0;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const tag = next();
    const wire = tag & 7;
    let begin = at;
    if (wire === 2) {
      const length = next();
      begin = at;
      at += length;
    } else if (wire === 0) next();
    else at += wire === 1 ? 8 : 4;
    found.push({ number: Math.floor(tag / 8), wire, body: message.subarray(begin, at) });
  }
  return found;
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (; value >= 128; value = Math.floor(value / 128)) bytes.push((value % 128) + 128);
  return Buffer.from([...bytes, value]);
}
