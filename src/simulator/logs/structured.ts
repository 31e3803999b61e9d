import type { Moment, Style } from './style.ts';
import { choose, hex, iso, latency, level, number, PATHS } from './words.ts';

const MESSAGES: Readonly<Record<'debug' | 'info' | 'warn' | 'error', readonly string[]>> = {
  debug: ['cache lookup', 'connection reused', 'feature flag evaluated', 'span exported'],
  info: [
    'request completed',
    'order event published',
    'cache refreshed',
    'message consumed',
    'outbox flushed',
  ],
  warn: [
    'slow upstream call',
    'retrying request',
    'cache miss ratio above threshold',
    'deprecated header x-shop-session seen',
  ],
  error: [
    'upstream returned 503',
    'context deadline exceeded',
    'failed to publish event',
    'connection reset by peer',
  ],
};

const UPSTREAMS = ['catalog-api', 'inventory-api', 'payments-api', 'session-api', 'search-api'];

function said(moment: Moment): { level: 'debug' | 'info' | 'warn' | 'error'; text: string } {
  const at = level(moment, 1);
  return { level: at, text: choose(moment, 2, MESSAGES[at]) };
}

/** One JSON object a line, with trace ids: what most of the shop's services write. */
export const json: Style = {
  banner: ({ app, startedAt }) => [
    JSON.stringify({
      ts: iso(startedAt),
      level: 'info',
      service: app,
      msg: 'starting',
      version: '2026.11.2',
    }),
    JSON.stringify({
      ts: iso(startedAt),
      level: 'info',
      service: app,
      msg: 'configuration loaded',
      source: '/etc/app/application.yaml',
    }),
    JSON.stringify({
      ts: iso(startedAt),
      level: 'info',
      service: app,
      msg: 'listening',
      addr: ':8080',
    }),
  ],
  entry: (moment) => {
    const { level: at, text } = said(moment);
    return [
      JSON.stringify({
        ts: iso(moment.time),
        level: at,
        service: moment.app,
        msg: text,
        method: choose(moment, 3, ['GET', 'GET', 'GET', 'POST', 'PUT']),
        path: choose(moment, 4, PATHS),
        status: at === 'error' ? 502 : choose(moment, 5, [200, 200, 200, 201, 204, 304, 404]),
        duration_ms: latency(moment, 6),
        trace_id: hex(moment, 7, 32),
        span_id: hex(moment, 8, 16),
      }),
    ];
  },
  lastWords: ({ app, endedAt }) => [
    JSON.stringify({
      ts: iso(endedAt ?? 0),
      level: 'fatal',
      service: app,
      msg: 'unhandled exception',
      error: "TypeError: Cannot read properties of undefined (reading 'amount')",
    }),
  ],
};

/** pino, as Node services write it, with plain lines in between. */
export const node: Style = {
  banner: ({ app }) => [
    '> shop@1.0.0 start',
    '> node --enable-source-maps dist/server.js',
    `{"level":30,"name":"${app}","msg":"Server listening at http://0.0.0.0:8080"}`,
  ],
  entry: (moment) => {
    const { level: at, text } = said(moment);
    const code = { debug: 20, info: 30, warn: 40, error: 50 }[at];
    const line = JSON.stringify({
      level: code,
      time: moment.time,
      pid: 17,
      hostname: moment.pod,
      reqId: `req-${hex(moment, 3, 6)}`,
      traceId: hex(moment, 4, 32),
      res: { statusCode: at === 'error' ? 503 : 200 },
      responseTime: latency(moment, 5),
      msg: text,
    });
    if (at !== 'error') return [line];
    return [
      line,
      `Error: upstream ${choose(moment, 6, UPSTREAMS)} returned 503`,
      '    at UpstreamClient.request (/app/dist/upstream.js:112:19)',
      '    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)',
      '    at async CartController.show (/app/dist/cart.controller.js:48:22)',
    ];
  },
  lastWords: () => [
    "TypeError: Cannot read properties of undefined (reading 'amount')",
    '    at normalizePayload (/app/dist/webhooks/normalize.js:61:34)',
    '    at handleWebhook (/app/dist/webhooks/handler.js:27:19)',
    '    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)',
    'Node.js v24.11.0',
  ],
};

/** slog's text form: key=value. */
export const go: Style = {
  banner: ({ app, startedAt }) => [
    `time=${iso(startedAt)} level=INFO msg="starting" service=${app} gomaxprocs=1`,
    `time=${iso(startedAt)} level=INFO msg="listening" addr=:8080`,
  ],
  entry: (moment) => {
    const { level: at, text } = said(moment);
    return [
      `time=${iso(moment.time)} level=${at.toUpperCase()} msg="${text}" method=GET path=${choose(moment, 3, PATHS)} status=${at === 'error' ? 500 : 200} took=${latency(moment, 4)}ms upstream=${choose(moment, 5, UPSTREAMS)} trace_id=${hex(moment, 6, 32)}`,
    ];
  },
  lastWords: () => [
    'panic: runtime error: invalid memory address or nil pointer dereference',
    '[signal SIGSEGV: segmentation violation code=0x1 addr=0x28 pc=0x7a41f2]',
    '',
    'goroutine 214 [running]:',
    'shop/internal/webhook.(*Handler).Decode(0xc0003a8000, {0xc000512000, 0x1f4, 0x200})',
    '\t/src/internal/webhook/handler.go:87 +0x132',
    'created by net/http.(*Server).Serve in goroutine 1',
    '\t/usr/local/go/src/net/http/server.go:3454 +0x485',
  ],
};

/** Python's logging, with a traceback now and then. */
export const python: Style = {
  banner: ({ app }) => [
    `INFO:     Started server process [1] (${app})`,
    'INFO:     Waiting for application startup.',
    'INFO:     Application startup complete.',
  ],
  entry: (moment) => {
    const { level: at, text } = said(moment);
    const name = `${moment.app.replaceAll('-', '_')}.${choose(moment, 3, ['worker', 'batch', 'api', 'features'])}`;
    const when = iso(moment.time).replace('T', ' ').replace('.', ',').slice(0, 23);
    const head = `${when} ${at.toUpperCase().replace('WARN', 'WARNING').padEnd(8)} [${name}] ${text}: rows=${number(moment, 4, 10, 4000)} took=${latency(moment, 5)}ms`;
    if (at !== 'error') return [head];
    return [
      head,
      'Traceback (most recent call last):',
      `  File "/app/${name.replace('.', '/')}.py", line ${number(moment, 6, 20, 240)}, in run`,
      '    result = self.client.fetch(batch)',
      '             ^^^^^^^^^^^^^^^^^^^^^^^^',
      `  File "/app/lib/client.py", line 88, in fetch`,
      '    raise UpstreamTimeout(url, elapsed)',
      `lib.client.UpstreamTimeout: ${choose(moment, 7, UPSTREAMS)} did not answer within 2.5 s`,
    ];
  },
  lastWords: () => [
    'Traceback (most recent call last):',
    '  File "/app/main.py", line 41, in <module>',
    '    run()',
    'RuntimeError: 3 of 8421 rows could not be reconciled',
  ],
};
