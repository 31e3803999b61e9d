import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { describe, expect, it } from 'vitest';
import {
  readBookmark,
  readList,
  readStatus,
  readWatchEvent,
  unwrapUnknown,
} from '../../../../src/sources/kube/envelope.ts';

type Fields = readonly (readonly [number: number, value: string | number | Uint8Array])[];

function message(...fields: Fields): Uint8Array {
  const writer = new BinaryWriter();
  for (const [number, value] of fields) {
    if (typeof value === 'number') writer.tag(number, WireType.Varint).int64(value);
    else if (typeof value === 'string') writer.tag(number, WireType.LengthDelimited).string(value);
    else writer.tag(number, WireType.LengthDelimited).bytes(value);
  }
  return writer.finish();
}

const unknown = (kind: string, raw: Uint8Array): Uint8Array =>
  new Uint8Array([
    ...Buffer.from('k8s\0'),
    ...message([1, message([1, 'v1'], [2, kind])], [2, raw]),
  ]);

describe('protobuf envelopes', () => {
  it('refuse what is not Kubernetes protobuf', () => {
    for (const body of ['', '{"kind":"Status"}', '<html>', 'k8s']) {
      expect(() => unwrapUnknown(Buffer.from(body))).toThrow('not Kubernetes protobuf');
    }
  });

  it('refuse what is cut short', () => {
    const whole = unknown('Pod', message([1, message([1, 'api'])]));
    expect(unwrapUnknown(whole).kind).toBe('Pod');
    expect(() => unwrapUnknown(whole.subarray(0, -1))).toThrow('cut short');
  });

  it('carry the error of a watch', () => {
    const status = message(
      [2, 'Failure'],
      [3, 'too old resource version'],
      [4, 'Expired'],
      [6, 410],
    );
    const frame = message([1, 'ERROR'], [2, message([1, unknown('Status', status)])]);
    const event = readWatchEvent(frame);
    expect([event.type, event.kind]).toEqual(['ERROR', 'Status']);
    expect(readStatus(event.raw)).toEqual({
      code: 410,
      reason: 'Expired',
      message: 'too old resource version',
    });
  });

  it('tell the bookmark that ends the initial list from the others', () => {
    const bookmark = (...annotations: string[]) =>
      message([
        1,
        message(
          [6, '99'],
          ...annotations.map((key) => [12, message([1, key], [2, 'true'])] as const),
        ),
      ]);
    expect(readBookmark(bookmark())).toEqual({ resourceVersion: '99', initialEventsEnd: false });
    expect(readBookmark(bookmark('other', 'k8s.io/initial-events-end'))).toEqual({
      resourceVersion: '99',
      initialEventsEnd: true,
    });
  });

  it('cut a page of a list into its objects', () => {
    const [a, b] = [message([1, 'a']), message([1, 'b'])];
    const page = readList(message([1, message([2, '7'], [3, 'next'], [4, 12])], [2, a], [2, b]));
    expect(page).toMatchObject({ resourceVersion: '7', continueToken: 'next', remaining: 12 });
    expect(page.items.map((item) => [...item])).toEqual([[...a], [...b]]);
  });
});
