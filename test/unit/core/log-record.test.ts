import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logField, readLogRecord } from '../../../src/core/log-record.ts';

const CONTROL = /[\p{Cc}\p{Cf}]/u;

describe('a structured line', () => {
  it('of JSON is its time, level, message and the rest in order', () => {
    const text =
      '{"ts":"2026-11-29T10:00:00Z","level":"err","msg":"boom","n":12345678901234567890,"a":{"b":[1,"}"]},"ok":true}';
    expect(readLogRecord(text)).toEqual({
      time: '2026-11-29T10:00:00Z',
      level: 'ERROR',
      message: 'boom',
      fields: [
        ['n', '12345678901234567890'],
        ['a', '{"b":[1,"}"]}'],
        ['ok', 'true'],
      ],
    });
  });

  it('of pino has the name of its number', () => {
    expect(readLogRecord('{"level":60,"msg":"x"}')?.level).toBe('FATAL');
    expect(readLogRecord('{"level":40,"msg":"x"}')?.level).toBe('WARN');
  });

  it('of logfmt, and quotes are taken off', () => {
    expect(
      readLogRecord('time=2026-11-29T10:00:00Z level=WARN msg="a \\"b\\" c" took=3ms x='),
    ).toEqual({
      time: '2026-11-29T10:00:00Z',
      level: 'WARN',
      message: 'a "b" c',
      fields: [
        ['took', '3ms'],
        ['x', ''],
      ],
    });
  });

  it('of klog, in both its forms', () => {
    expect(readLogRecord('E1129 10:00:00.123456       1 a.go:12] Watch failed: x=1')).toEqual({
      time: '10:00:00.123456',
      level: 'ERROR',
      message: 'Watch failed: x=1',
      fields: [['at', 'a.go:12']],
    });
    expect(readLogRecord('F1129 10:00:00.1 1 a.go:12] "Killing" pod="a/b" err="no"')).toEqual({
      time: '10:00:00.1',
      level: 'FATAL',
      message: 'Killing',
      fields: [
        ['pod', 'a/b'],
        ['err', 'no'],
        ['at', 'a.go:12'],
      ],
    });
    expect(readLogRecord('I1129 10:00:00.1 1 a.go:12] "Killing" two words')?.message).toBe(
      '"Killing" two words',
    );
  });

  it.each([
    '',
    '{}',
    '[]',
    '{"a":1}',
    '{"msg":"x"',
    '{"msg":"x"} tail',
    '{"msg":"x",}',
    '{"msg":x}',
    '{"msg":"\\q"}',
    '{"msg":"x" "b":1}',
    'level=info',
    'a=b c=d',
    'level=info msg="open',
    'level=info some words',
    'plain text with level=info msg=x',
    '127.0.0.1 - - [x] "GET /?a=b HTTP/1.1" 200',
    `{"msg":"${'x'.repeat(1_000_000)}"}`,
    `{"msg":"x","a":${'['.repeat(5000)}`,
  ])('is none: %.40s', (text) => {
    expect(readLogRecord(text)).toBeNull();
  });

  it.each([
    [
      '2026-11-29T06:02:23.519Z  INFO 1 --- [cart] [cat-handler-97] [e789b34d] c.s.cart.CartRepo  : saved x: 1',
      '2026-11-29T06:02:23.519Z INFO saved x: 1 logger=c.s.cart.CartRepo app=cart thread=cat-handler-97 trace=e789b34d',
    ],
    [
      '2026-11-29 06:02:23.519  WARN 17 --- [           main] o.s.b.App : slow',
      '2026-11-29 06:02:23.519 WARN slow logger=o.s.b.App thread=main pid=17',
    ],
    [
      '2026-11-29 12:59:38,562 INFO     [shop.worker] done',
      '2026-11-29 12:59:38,562 INFO [shop.worker] done',
    ],
    [
      '2026-11-29 12:59:38,562 - shop.api - ERROR - no',
      '2026-11-29 12:59:38,562 ERROR no logger=shop.api',
    ],
    ['[2026-11-29 12:59:38] [WARNING] [main] x', '2026-11-29 12:59:38 WARN [main] x'],
    [
      '2026/11/29 12:59:38 [error] 7#7: *1 connect() failed (111: Connection refused), client: 10.0.1.7, server: shop.example.com, request: "GET /a, b: c HTTP/1.1", upstream: "http://10.0.2.9:8080/a", host: "shop.example.com"',
      '2026/11/29 12:59:38 ERROR connect() failed (111: Connection refused) client=10.0.1.7 server=shop.example.com request=GET /a, b: c HTTP/1.1 upstream=http://10.0.2.9:8080/a host=shop.example.com connection=1 pid=7',
    ],
    [
      '2026/11/29 12:59:38 [warn] 1#1: the "user" directive makes sense only, client: none',
      '2026/11/29 12:59:38 WARN the "user" directive makes sense only, client: none pid=1',
    ],
    [
      '2026-11-29T06:02:23.519Z ERROR 1 --- [nio-8080-exec-1] [65b0a1b2c3d4e5f6a7b8c9d0e1f2a3b4-a7b8c9d0e1f2a3b4] c.e.App : boom',
      '2026-11-29T06:02:23.519Z ERROR boom logger=c.e.App thread=nio-8080-exec-1 trace=65b0a1b2c3d4e5f6a7b8c9d0e1f2a3b4-a7b8c9d0e1f2a3b4',
    ],
    [
      '2026-11-29T06:02:23.519Z ERROR 7 --- [main] [                 ] c.e.App : boom',
      '2026-11-29T06:02:23.519Z ERROR boom logger=c.e.App thread=main pid=7',
    ],
    [
      '2026-11-29T06:02:23.519Z ERROR 1 --- [cart] [main] c.e.App : boom',
      '2026-11-29T06:02:23.519Z ERROR boom logger=c.e.App app=cart thread=main',
    ],
    [
      '[2026-11-29T12:59:38Z ERROR mycrate::db] connection refused',
      '2026-11-29T12:59:38Z ERROR connection refused logger=mycrate::db',
    ],
    [
      '[2026-11-29 12:59:38,562: ERROR/ForkPoolWorker-1] Task x',
      '2026-11-29 12:59:38,562 ERROR Task x process=ForkPoolWorker-1',
    ],
    [
      '2026/11/29 12:59:38 [error] 7#7: *1 x, client: 10.0.1.7, server: a, request: "GET /?q="x", y" HTTP/1.1", upstream: "http://a", host: "a"',
      '2026/11/29 12:59:38 ERROR x client=10.0.1.7 server=a request=GET /?q="x", y" HTTP/1.1 upstream=http://a host=a connection=1 pid=7',
    ],
    [
      '2026/11/29 12:59:38 [error] 7#7: *1 x, client: 10.0.1.7, server: 0.0.0.0:80, upstream: "10.0.0.2:80", bytes from/to client:120/0, bytes from/to upstream:0/9',
      '2026/11/29 12:59:38 ERROR x client=10.0.1.7 server=0.0.0.0:80 upstream=10.0.0.2:80 bytes from/to client=120/0 bytes from/to upstream=0/9 connection=1 pid=7',
    ],
    ['2026-11-29T12:59:38Z INFO', '2026-11-29T12:59:38Z INFO '],
    ['2026-11-29T12:59:38Z INFORMATION', null],
    ['12:59:38 INFO x', null],
  ])('of words behind time and level: %.60s', (text, said) => {
    const record = readLogRecord(text);
    const parts = record && [record.time, record.level, record.message];
    const fields = record?.fields.map(([name, value]) => `${name}=${value}`) ?? [];
    expect(parts && [...parts, ...fields].join(' ')).toBe(said);
  });

  it('may be nested however deep, and name what objects have', () => {
    const deep = `${'{"a":'.repeat(2000)}1${'}'.repeat(2000)}`;
    const record = readLogRecord(`{"msg":"x","__proto__":${deep},"constructor":"c"}`);
    expect(record?.fields).toEqual([
      ['__proto__', deep],
      ['constructor', 'c'],
    ]);
    expect(readLogRecord('{"msg":"x","level":"__proto__"}')?.level).toBe('__PROTO__');
  });

  it.each([
    [
      '{"level":"info","event":"order.created","message":"Order 5"}',
      'Order 5',
      'event=order.created',
    ],
    ['{"level":"info","event":"order.created","n":1}', 'order.created', 'n=1'],
    [
      '{"event":{"dataset":"x"},"log.level":"INFO","message":"hello"}',
      'hello',
      'event={"dataset":"x"}',
    ],
    ['{"level":"INFO","event":{"dataset":"x"}}', '', 'event={"dataset":"x"}'],
    ['{"level":"ERROR","fields":{"message":"boom","n":1},"target":"a"}', 'boom', 'n=1 target=a'],
    ['{"level":"ERROR","fields":{"n":1}}', '', 'fields={"n":1}'],
    ['{"@t":"2026","@mt":"took {N}","@m":"took 3","N":3}', 'took 3', '@mt=took {N} N=3'],
    ['{"@t":"2026","@mt":"took {N}","N":3}', 'took {N}', 'N=3'],
    ['{"level":"ERROR","formattedMessage":"boom","n":1}', 'boom', 'n=1'],
    ['{"version":"1.1","short_message":"boom","level":3}', 'boom', 'version=1.1'],
    ['{"log":{"level":"error"},"message":"x"}', 'x', 'log={"level":"error"}'],
    ['{"status":502,"path":"/x"}', '', 'status=502 path=/x'],
  ])('%s has the message %j, and %s', (text, message, fields) => {
    const record = readLogRecord(text);
    expect(record?.message).toBe(message);
    expect(record?.fields.map(([name, value]) => `${name}=${value}`).join(' ')).toBe(fields);
  });

  it.each([
    ['{"level":"info","msg":"took","t":35,"time":"2026-01-01T00:00:00Z"}', '2026-01-01T00:00:00Z'],
    ['{"level":"info","msg":"x","t":"2026-01-01T00:00:00Z"}', '2026-01-01T00:00:00Z'],
    ['{"t":{"$date":"2026-01-01T00:00:00Z"},"s":"I","msg":"x"}', '2026-01-01T00:00:00Z'],
  ])('%s is of %s', (text, time) => {
    expect(readLogRecord(text)?.time).toBe(time);
  });

  it('of klog names the thread that wrote it, unless it is the first', () => {
    const record = readLogRecord('E1129 10:00:00.1     123 a.go:12] x');
    expect(record && logField(record, 'thread')).toBe('123');
  });

  it('keeps all of what it says twice', () => {
    const record = readLogRecord('{"msg":"a","msg":"b","x":1,"x":2}');
    expect(record).toMatchObject({
      message: 'a',
      fields: [
        ['msg', 'b'],
        ['x', '1'],
        ['x', '2'],
      ],
    });
  });

  it('brings no control characters that were hidden in escapes', () => {
    const record = readLogRecord(
      '{"msg":"a\\u001b]0;owned\\u0007b\\u001b[31m","\\u001b[2J":"\\n\\u202e"}',
    );
    expect(JSON.stringify(record)).not.toMatch(/\\u/);
    expect(record?.message).toBe('ab');
  });

  it('is read from any text without an error', () => {
    const piece = fc.constantFrom(
      ...['{', '}', '"', '\\', ':', ',', '[', ']', ' ', '=', 'msg', 'level', '"msg":', '1', 'a'],
      ...['"level":"info"', 'msg="', '\\u001b', 'E1129 10:00:00.1 1 a.go:1] '],
    );
    const text = fc.array(piece, { maxLength: 40 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(text, fc.string()), (line) => {
        const record = readLogRecord(line);
        if (record === null) return;
        for (const said of [record.time, record.level, record.message, ...record.fields.flat()])
          expect(said).not.toMatch(CONTROL);
      }),
    );
  });

  it('says of any members what they say', () => {
    const value = fc.oneof(fc.stringMatching(/^[ -~]*$/), fc.integer(), fc.boolean());
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^f[a-z"\\]*$/), value), (members) => {
        const record = readLogRecord(JSON.stringify({ msg: 'x', ...members }));
        const said = Object.entries(members).map(([name, each]) => [name, String(each)]);
        expect(record?.fields).toEqual(said);
      }),
    );
  });
});

it('is asked for a field by name, whatever its case', () => {
  const record = readLogRecord('{"Level":"warn","message":"m","Status":503}');
  expect(record && ['level', 'msg', 'status', 'x'].map((name) => logField(record, name))).toEqual([
    'WARN',
    'm',
    '503',
    null,
  ]);
  const event = readLogRecord('{"event":"created","message":"Order 5"}');
  expect(event && logField(event, 'event')).toBe('created');
});
