import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { levelNamed } from '../../../src/core/log-level-names.ts';
import { logLevel } from '../../../src/core/log-level.ts';
import { readLogRecord } from '../../../src/core/log-record.ts';

type Table = readonly (readonly [text: string, level: string])[];

/** What is shown of a line, and what it is filtered and counted by, is one level. */
function isRead(text: string, level: string): void {
  expect(logLevel(text)).toBe(level);
  const shown = readLogRecord(text)?.level ?? '';
  if (shown !== '') expect(levelNamed(shown)).toBe(level);
}

describe('the level of a structured line', () => {
  it.each([
    [`{"body":"${'x'.repeat(2500)}","level":"error","msg":"upstream failed"}`, 'error'],
    ['{"message":"Job failed","job":{"level":"info"},"level":"error"}', 'error'],
    ['{"user":{"level":12},"severity":"ERROR","message":"x"}', 'error'],
    ['{"level":12,"severity":"ERROR","message":"x"}', 'error'],
    ['{"msg":"a \\"level\\":\\"error\\" b","list":[{"level":"error"}],"level":"info"}', 'info'],
    ['{"msg":"\\\\","level":"warn"}', 'warn'],
    ['{"level":"error","msg":"cut off he', 'error'],
    ['loglevel=error msg="x" a=b', 'error'],
    ['levelname=ERROR msg="x" a=b', 'error'],
    ['msg="set level=error" level=info', 'info'],
    ['time=1 level=read msg=x severity=warn', 'warn'],
    ['ts=1 caller=a.go:1 lvl=eror msg=x', 'error'],
    ['{"t":{"$date":"2026-01-01T00:00:00Z"},"s":"E","c":"STORAGE","msg":"x"}', 'error'],
    ['{"t":{"$date":"2026-01-01T00:00:00Z"},"s":"D1","c":"STORAGE","msg":"x"}', 'debug'],
    ['{"t":"x","s":"E","msg":"x"}', ''],
    ['{"@level":"error","@message":"x"}', 'error'],
    ['{"LogLevel":"Information","Message":"x"}', 'info'],
    ['{"level":"Verbose","msg":"x"}', 'debug'],
    ['{"severity":"EMERGENCY","message":"x"}', 'error'],
    ['{"severity":"ALERT","message":"x"}', 'error'],
    ['{"version":"1.1","short_message":"boom","level":3}', 'error'],
    ['{"version":"1.1","level":6,"short_message":"fine"}', 'info'],
    ['{"level":0,"msg":"not of syslog"}', ''],
    ['{"level":"Level(-3)","msg":"x"}', 'debug'],
    ['{"level":"INFO+2","msg":"x"}', 'info'],
    ['{"log":{"level":"error","logger":"x"},"message":"x"}', 'error'],
    ['{"@t":"2026-01-01T00:00:00Z","@mt":"took {n}","n":3}', 'info'],
    ['{"@t":"2026-01-01T00:00:00Z","@mt":"no","@l":"Fatal"}', 'error'],
    ['{"severityText":"WARN","body":"x"}', 'warn'],
    ['{"remote_addr":"10.0.0.1","status":502,"request_uri":"/x"}', 'error'],
    ['{"response_code":"404","path":"/x"}', 'warn'],
    ['{"statusCode":200,"path":"/x"}', ''],
    ['{"level":"info","status":502}', 'info'],
    ['{"status":"failed","n":1}', ''],
    ['method=GET path=/x status=503', 'error'],
    ['{"message":"boom","context":{},"level":400,"level_name":"ERROR","channel":"app"}', 'error'],
    ['{"message":"x","context":{},"level":300,"level_name":"WARNING"}', 'warn'],
    ['{"level":40,"levelname":"ERROR"}', 'error'],
    ['{"levelname":"ERROR","level":40}', 'error'],
    ['{"level":40,"level_name":"custom"}', 'warn'],
    ['{"level":30,"msg":"x"}', 'info'],
    ['{"log_level":"ERROR","msg":"x"}', 'error'],
    ['{"levelStr":"WARN","msg":"x"}', 'warn'],
    ['{"level_str":"FATAL","msg":"x"}', 'error'],
    ['msg=x level=30 level_name=ERROR', 'error'],
    ['level=error words of a message', 'error'],
    ['level=error', 'error'],
  ] as Table)('%.80s → %s', isRead);
});

describe('the level of a line of text', () => {
  it.each([
    ['2024-01-01 00:00:00,000 ERROR [main] x isolation.level=read_committed failed', 'error'],
    ['2024-01-01 00:00:00,000 ERROR [main] cannot parse {"level":"info","msg":"x"}', 'error'],
    ['2024-01-01 00:00:00,000 INFO  [main] setting log level=error for a.b', 'info'],
    ['2024-01-01 00:00:00,000 INFO [main] received {"level":"error","msg":"x"}', 'info'],
    ['W0101 12:00:00.0 1 reflector.go:1] failed to list *v1.X: {"severity":"info"}', 'warn'],
    ['I0101 12:00:00.0 1 php.go:1] said "PHP Fatal error:  x"', 'info'],
    ['api-1 {"level":"error","msg":"x"}', 'error'],
    ['2024-01-01 level=read_committed then ERROR', 'error'],
    ['[2024/01/01 00:00:00] [ warn] [engine] failed to flush chunk', 'warn'],
    ['2024-01-01T00:00:00Z WRN x', 'warn'],
    ['2024-01-01T00:00:00Z FTL x', 'error'],
    ['3:04PM INF x', 'info'],
    ['[12:00:00 WRN] x', 'warn'],
    ['[12:00:00 FTL] x', 'error'],
    ['[1] 2024/01/01 00:00:00.000000 [FTL] x', 'error'],
    ['[2024-01-01 00:00:00,000: ERROR/ForkPoolWorker-1] Task x', 'error'],
    ['[2024-01-01 00:00:00] production.ERROR: x', 'error'],
    ['[2024-01-01T00:00:00.000000+00:00] request.CRITICAL: x', 'error'],
    ['[2024-01-01 00:00:00] app.WARNING: x', 'warn'],
    ['error: connect ECONNREFUSED 10.0.0.1:5432', 'error'],
    ['fatal: not a git repository', 'error'],
    ['debug: x', 'debug'],
    ['Warning: v1 Endpoints is deprecated', 'warn'],
    ['2024-01-01T00:00:00.000Z error: boom', 'error'],
    ['2024-01-01T00:00:00.000000Z 0 [Warning] [MY-010068] [Server] x', 'warn'],
    ['2024-01-01  0:00:00 0 [Note] mariadbd: ready', 'info'],
    ['2024-01-01T00:00:00Z [Error] x', 'error'],
    ['2024-01-01T00:00:00Z E! [outputs.cloudwatch] x', 'error'],
    ['2024-01-01T00:00:00Z W! x', 'warn'],
    ['2024-01-01T00:00:00Z I! x', 'info'],
    ['2024-01-01T00:00:00.000000Z\twarning\tenvoy config x', 'warn'],
    ['2024-01-01T00:00:00.000000Z\tcritical\tenvoy x', 'error'],
    ['2024-01-01T00:00:00.000000Z\ttrace\tenvoy x', 'debug'],
    ['npm ERR! code ENOENT', 'error'],
    ['npm error code ENOENT', 'error'],
    ['npm warn deprecated x', 'warn'],
    ["1:M 01 Jan 2024 00:00:00.000 # Can't save in background: fork", 'warn'],
    ['1:M 01 Jan 2024 00:00:00.000 * Ready to accept connections', 'info'],
    ['1:M 01 Jan 2024 00:00:00.000 - x', 'debug'],
    ['ERRO[0000] x', 'error'],
    ['WARN[0012] x', 'warn'],
    ['FATA[2024-01-01T00:00:00Z] x', 'error'],
    ['DEBU[0000] x', 'debug'],
    ['Terminating due to java.lang.OutOfMemoryError: Java heap space', 'error'],
    ['# A fatal error has been detected by the Java Runtime Environment:', 'error'],
    ['OpenJDK 64-Bit Server VM warning: INFO: os::commit_memory(0x1) failed;', 'warn'],
    ['[0.123s][error  ][gc] x', 'error'],
    ['[Mon Jan 01 00:00:00.000000 2024] [:error] [pid 1] x', 'error'],
    ['2024-01-01 00:00:00,000 CRIT Supervisor is running as root.', 'error'],
    ['NOTICE: fpm is running', 'info'],
    ['feign.FeignException$NotFound: [404 Not Found] during [GET]', 'error'],
    ['HttpClientErrorException$Unauthorized: 401', 'error'],
    ['Npgsql.PostgresException (0x80004005): 42P01: x', 'error'],
    ['System.Net.Sockets.SocketException (111): Connection refused', 'error'],
    ['[Error: x]', 'error'],
    ['_csv.Error: x', 'error'],
  ] as Table)('%s → %s', isRead);

  it.each([
    ['[x] "GET /a HTTP/1.1" 503 UF,URX 0 91 12 - "-"', 'error'],
    ['[x] "GET /a HTTP/1.1" 503 UC upstream_reset_before_response_started{x}', 'error'],
    ['[x] "GET /a HTTP/1.1" 404 NR route_not_found', 'warn'],
    [`10.0.0.1 - - [x] "GET /cb?code=${'x'.repeat(220)} HTTP/1.1" 500 12 "-" "-"`, 'error'],
    [`10.0.0.1 - - [x] "GET /cb?code=${'x'.repeat(220)} HTTP/1.1" 200 12 "-" "-"`, ''],
    ['1.2.3.4:5 [x] fe be/s1 0/0/1/2/3 503 217 - - SC-- 1/1/0/0/0 0/0 "GET / HTTP/1.1"', 'error'],
    ['[GIN] 2024/01/01 - 00:00:00 | 500 |  1.2ms | 10.0.0.1 | GET "/"', 'error'],
    ['[GIN] 2024/01/01 - 00:00:00 | 200 |  1.2ms | 10.0.0.1 | GET "/"', ''],
    ['INFO:     10.0.0.1:4 - "GET / HTTP/1.1" 500 Internal Server Error', 'error'],
    ['INFO:     10.0.0.1:4 - "GET / HTTP/1.1" 200 OK', 'info'],
    ['INFO:werkzeug:10.0.0.1 - - [x] "GET / HTTP/1.1" 404 -', 'warn'],
  ] as Table)('an answer: %.90s → %s', isRead);

  it.each([
    ['0 errors', ''],
    ['error=nil', ''],
    ['error: null', ''],
    ['error: <nil>', ''],
    ['error: 0', ''],
    ['no error', ''],
    ['ErrorHandler registered', ''],
    ['lastError: null', ''],
    ['hasError: false', ''],
    ['Log level: ERROR', ''],
    ['log level set to WARN', ''],
    ['The level is ERROR now', ''],
    ['2024-01-01 INFO log level is now DEBUG', 'info'],
    ['2024-01-01T00:00:00Z INFO ERROR is a word', 'info'],
    ['queue [error] emptied', ''],
    ['INFINITE loop', ''],
    ['License: FTL', ''],
    ['LOGLEVEL=ERROR', ''],
    ['LOG_LEVEL=ERROR', ''],
    ['Terminating due to SIGTERM', ''],
    ['[Errors: 3]', ''],
    ['error: undefined', ''],
    ['the error: boom', ''],
    ['[2/4] RUN error', ''],
    ['see fe/be/a/b/c 503 rooms', ''],
    ['the info: none', ''],
  ] as Table)('no more than it says: %s → %s', isRead);
});

it('is one for all that is shown and asked, of any text', () => {
  const piece = fc.constantFrom(
    ...['2026-01-01 00:00:00,123 ', '[2026-01-01T00:00:00Z ', '] ', ' - a.b - ', 'x', ' '],
    ...['ERROR ', 'INFO ', 'WARN: ', '[warn] ', 'level=info ', 'msg="a ERROR b" ', 'lvl=error '],
    ...['{"level":"info",', '"severity":"ERROR",', '{"a":{"level":"error"},', '"status":500', '}'],
    ...['E0101 00:00:00.1 1 a.go:1] ', '2026/01/01 00:00:00 [error] 7#7: ', 'TypeError: x', ','],
  );
  const text = fc.array(piece, { maxLength: 8 }).map((parts) => parts.join(''));
  fc.assert(fc.property(text, (line) => isRead(line, logLevel(line))));
});
