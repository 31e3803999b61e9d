import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { passesAlone } from '../../../src/core/log-filter.ts';
import { logLevel } from '../../../src/core/log-level.ts';
import { readLogTerms } from '../../../src/core/log-terms.ts';

const LINES = {
  json: '{"level":"error","msg":"upstream failed","status":503,"user":"bob","took":"120ms"}',
  fatal: '{"level":60,"msg":"gone"}',
  logfmt: 'level=WARN msg="slow call" status=200 user=ann took=80ms',
  plain: 'INFO user:bob is here, status:503',
  none: 'at main.go:12',
};

const PINO = '{"level":50,"res":{"statusCode":503},"req":{"method":"GET"},"msg":"request errored"}';

function shown(filter: string): string[] | string {
  const read = readLogTerms(filter);
  if ('error' in read) return read.error;
  return Object.entries(LINES).flatMap(([name, text]) => {
    const line = {
      time: '',
      source: 0,
      text,
      styled: null,
      level: logLevel(text),
      at: 0,
      continues: false,
    };
    return passesAlone(line, read.terms) ? name : [];
  });
}

describe('terms of a log filter', () => {
  it.each([
    ['level:error', ['json', 'fatal']],
    ['level:fatal', ['fatal']],
    ['level:warning', ['logfmt']],
    ['level:>=warn', ['json', 'fatal', 'logfmt']],
    ['level:<error', ['logfmt', 'plain']],
    ['level:!error', ['logfmt', 'plain']],
    ['!level:error', ['logfmt', 'plain', 'none']],
    ['status:>=500', ['json']],
    ['status:503', ['json', 'plain']],
    ['status:50', ['plain']],
    ['STATUS:=200', ['logfmt']],
    ['user:bo', ['json', 'plain']],
    ['user:!bob', ['logfmt']],
    ['!user:bob', ['fatal', 'logfmt', 'none']],
    ['took:>100ms', ['json']],
    ['msg:"slow call"', ['logfmt']],
    ['message:^up', ['json']],
    ['main.go:12', ['none']],
    ['level:error user:bob', ['json']],
    ['__proto__:x', []],
    ['level:>=loud', 'level is compared with error, warn, info or debug'],
  ])('%s shows %j', (filter, names) => {
    expect(shown(filter)).toEqual(names);
  });

  it.each([
    ['level:critical', '2026-01-01 00:00:00 CRITICAL x', true],
    ['level:critical', '[2026-01-01 00:00:00] [crit] x', true],
    ['level:critical', '2026-01-01 00:00:00 ERROR x', false],
    ['level:error', '2026-01-01 00:00:00 CRITICAL x', true],
    ['level:notice', '2026/01/01 00:00:00 [notice] 1#1: x', true],
    ['level:notice', 'INFO x', false],
    ['level:severe', '2026-01-01 00:00:00 SEVERE x', true],
    ['level:fatal', '2026-01-01 00:00:00 UTC [42] FATAL:  x', true],
    ['level:fatal', 'panic: x', true],
    ['level:err', 'ERROR:root:x', true],
    ['level:warning', '{"level":40,"msg":"x"}', true],
    ['level:trace', '{"level":"Verbose","msg":"x"}', true],
    ['level:!notice', 'INFO x', true],
    ['level:~^(fatal|crit)', '{"level":"CRITICAL","msg":"x"}', true],
    ['level:?', 'plain', true],
    ['status:502', '{"remote_addr":"10.0.0.1","status":502,"request_uri":"/x"}', true],
    ['status:>=500', '{"remote_addr":"10.0.0.1","status":502,"request_uri":"/x"}', true],
    ['status:>=503', '{"remote_addr":"10.0.0.1","status":502,"request_uri":"/x"}', false],
    ['response_flags:UF', '{"response_code":503,"response_flags":"UF","path":"/x"}', true],
    ['status:503', 'method=GET path=/x status=503', true],
    ['status:>=500', PINO, true],
    ['statusCode:>=500', PINO, true],
    ['res.statusCode:>=500', PINO, true],
    ['RES.statuscode:=503', PINO, true],
    ['status:>=504', PINO, false],
    ['req.method:GET', PINO, true],
    ['req.path:GET', PINO, false],
    ['status:>=500', '{"httpRequest":{"status":503},"message":"x"}', true],
    ['statusCode:>=500', '{"httpRequest":{"status":503},"message":"x"}', true],
    ['status_code:502', '{"http":{"response":{"status_code":502}},"message":"x"}', true],
    ['http.response.status_code:502', '{"http.response.status_code":502,"message":"x"}', true],
    ['http.response.status_code:502', '{"http":{"response":{"status_code":502}},"a":1}', true],
    ['http.response.status_code:502', '{"http.response":{"status_code":502},"a":1}', true],
    ['status:>=500', '{"response_code":503,"path":"/x"}', true],
    ['status:>=500', '{"job":{"status":503},"message":"x"}', false],
  ])('%s of %s: %s', (filter, text, isShown) => {
    const read = readLogTerms(filter);
    if ('error' in read) throw new Error(read.error);
    const line = { ...{ time: '', source: 0, text, styled: null, at: 0, continues: false } };
    expect(passesAlone({ ...line, level: logLevel(text) }, read.terms)).toBe(isShown);
  });

  it.each([
    ['level:error timeout of', 1, 'timeout of'],
    ['timeout level:error status:5', 2, 'timeout'],
    ['level:error !healthz', 1, '!healthz'],
    ['error: no such host', 0, 'error: no such host'],
    ['GET http://x', 0, 'GET http://x'],
    ['12:00:01', 0, '12:00:01'],
    ['(?:a|b)', 0, '(?:a|b)'],
    ['', 0, ''],
  ])('%s: %i of them, and the pattern %s', (text, count, rest) => {
    const read = readLogTerms(text);
    expect('error' in read ? read : [read.terms.length, read.rest]).toEqual([count, rest]);
  });

  it('are read from any text without an error, and asked of any line', () => {
    const piece = fc.constantFrom('level', 'a', ':', '!', '>', '=', '"', '(', '+', '*', ' ', '1');
    const text = fc.array(piece, { maxLength: 20 }).map((parts) => parts.join(''));
    fc.assert(fc.property(fc.oneof(text, fc.string()), (typed) => void shown(typed)));
  });
});
