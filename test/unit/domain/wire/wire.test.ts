import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as field from '../../../../src/domain/wire/field.ts';
import { message } from '../../../../src/domain/wire/message.ts';
import { Wire } from '../../../../src/domain/wire/reader.ts';

/** A message written field by field. */
function written(write: (writer: BinaryWriter) => void): Uint8Array {
  const writer = new BinaryWriter();
  write(writer);
  return writer.finish();
}

const string = (number: number, value: string): Uint8Array =>
  written((writer) => writer.tag(number, WireType.LengthDelimited).string(value));

describe('words', () => {
  it('are what was written, in any script, however often they are read', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (words) => {
        const bytes = written((writer) => {
          for (const word of words) writer.string(word);
        });
        const once = new Wire(bytes);
        expect(words.map(() => once.word())).toEqual(words);
        const again = new Wire(bytes);
        expect(words.map(() => again.word())).toEqual(words);
        const asText = new Wire(bytes);
        expect(words.map(() => asText.text())).toEqual(words);
      }),
    );
  });

  it('are not confused where their hashes are the same', () => {
    // 31 × 'A' + 'a' = 31 × 'B' + 'B'
    const bytes = written((writer) => writer.string('Aa').string('BB').string('Aa'));
    const wire = new Wire(bytes);
    expect([wire.word(), wire.word(), wire.word()]).toEqual(['Aa', 'BB', 'Aa']);
  });

  it('that are not ASCII do not pass for the characters of their bytes', () => {
    // Two bytes c3 bc, which are also the two characters Ã¼.
    const wire = new Wire(written((writer) => writer.string('ü').string('Ã¼')));
    expect([wire.word(), wire.word()]).toEqual(['ü', 'Ã¼']);
  });
});

describe('messages', () => {
  const inner = message({ name: field.text(1) });
  const kind = message({
    name: field.text(1),
    count: field.int(2),
    maybe: field.optionalInt(3),
    yes: field.bool(4),
    at: field.time(5),
    labels: field.map(6),
    some: field.map(7, ['wanted']),
    list: field.parts(8, inner),
    words: field.words(9),
    probe: field.present(10),
    nested: field.part(11, inner),
    optional: field.optionalPart(12, inner),
    amount: field.quantity(13),
    port: field.intOrString(14),
  });

  it('read as their empty self where nothing is written', () => {
    expect(kind.protobuf(new Uint8Array(0))).toEqual(kind.empty);
    expect(kind.empty).toEqual({
      name: '',
      count: 0,
      maybe: null,
      yes: false,
      at: 0,
      labels: {},
      some: {},
      list: [],
      words: [],
      probe: false,
      nested: { name: '' },
      optional: null,
      amount: '',
      port: '',
    });
  });

  it('pass over fields that are not in the table and fields of another wire type', () => {
    const bytes = written((writer) =>
      writer
        .tag(99, WireType.Varint)
        .uint64(2n ** 60n)
        .tag(98, WireType.Bit64)
        .fixed64(7n)
        .tag(97, WireType.Bit32)
        .fixed32(7)
        .tag(96, WireType.LengthDelimited)
        .string('passed over')
        .tag(1, WireType.Varint)
        .uint32(5)
        .tag(2, WireType.Varint)
        .int32(42),
    );
    expect(kind.protobuf(bytes)).toEqual({ ...kind.empty, count: 42 });
  });

  it('keep negative numbers and times before 1970 as JSON has them', () => {
    const seconds = written((writer) =>
      writer.tag(1, WireType.Varint).int64(-1n).tag(2, WireType.Varint).int32(500_000_000),
    );
    const bytes = written((writer) =>
      writer
        .tag(2, WireType.Varint)
        .int32(-3)
        .tag(3, WireType.Varint)
        .int32(0)
        .tag(5, WireType.LengthDelimited)
        .bytes(seconds),
    );
    expect(kind.protobuf(bytes)).toEqual(
      kind.json({ count: -3, maybe: 0, at: '1969-12-31T23:59:59.500Z' }),
    );
  });

  it('take of a map the keys that are wanted', () => {
    const entry = (key: string, value: string): Uint8Array =>
      new Uint8Array([...string(1, key), ...string(2, value)]);
    const bytes = written((writer) => {
      for (const [key, value] of [
        ['other', 'x'],
        ['wanted', 'y'],
      ] as const) {
        for (const number of [6, 7]) {
          writer.tag(number, WireType.LengthDelimited).bytes(entry(key, value));
        }
      }
    });
    const both = { other: 'x', wanted: 'y' };
    expect(kind.protobuf(bytes)).toEqual(kind.json({ labels: both, some: both }));
    expect(kind.protobuf(bytes)).toMatchObject({ labels: both, some: { wanted: 'y' } });
  });

  it.each([
    ['a value longer than the message', new Uint8Array([0x0a, 0x05, 0x61])],
    ['a length without an end', new Uint8Array([0x0a, 0xff])],
    ['a number without an end', new Uint8Array([0x10, 0xff])],
    ['a group', new Uint8Array([0x0b, 0x0c])],
    ['eight bytes that are not there', new Uint8Array([0x09, 0x00])],
    [
      'a field that reaches out of its message',
      new Uint8Array([0x5a, 0x02, 0x0a, 0x03, 0x61, 0x62, 0x63]),
    ],
  ])('refuse %s', (_, bytes) => {
    expect(() => kind.protobuf(bytes)).toThrow(/protobuf|EOF|varint|cut short/i);
  });
});
