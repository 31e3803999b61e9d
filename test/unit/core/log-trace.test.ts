import { expect, it } from 'vitest';
import { logLevel } from '../../../src/core/log-level.ts';
import { LONGEST_TRACE, TraceReader } from '../../../src/core/log-trace.ts';

/** The lines in groups: each begins with a line that goes on with nothing. */
function groups(text: string): readonly string[] {
  const reader = new TraceReader();
  const found: string[] = [];
  for (const line of text.split('\n')) {
    const before = reader.read(line, logLevel(line)) ? found.pop() : undefined;
    found.push(before === undefined ? line : `${before}\n${line}`);
  }
  return found;
}

const JAVA = `2026-10-14 12:00:01 ERROR [main] c.shop.Cart - cannot add
java.lang.IllegalStateException: closed
\tat com.shop.Cart.add(Cart.java:42)
\tat com.shop.App.main(App.java:7)
Caused by: java.net.ConnectException: refused
\tat java.net.Socket.connect(Socket.java:1)
\tSuppressed: java.io.IOException: late
\t... 12 more`;
const UNCAUGHT_JAVA = `Exception in thread "main" java.lang.NullPointerException
\tat com.shop.App.main(App.java:7)`;
const PYTHON = `ERROR:root:cannot pay
Traceback (most recent call last):
  File "/app/main.py", line 41, in run
    pay()
psycopg.OperationalProblem: gone

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/app/main.py", line 44, in run
KeyError: 'amount'`;
const GO = `panic: runtime error: invalid memory address or nil pointer dereference
[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x1]

goroutine 1 [running]:
main.(*Server).Handle(0xc0003a8000, {0xc000512000, 0x1f4})
\t/app/main.go:12 +0x1d
main.main()
\t/app/main.go:7 +0x1d
created by net/http.(*Server).Serve in goroutine 1
\t/usr/local/go/src/net/http/server.go:3086 +0x5cb`;
const NODE = `Error: connect ECONNREFUSED 10.0.0.1:5432
    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1494:16) {
  errno: -111,
  code: 'ECONNREFUSED'
}`;
const THROWN = `/app/index.js:10
    throw new Error('x');
    ^

TypeError: Cannot read properties of undefined (reading 'amount')
    at Object.<anonymous> (/app/index.js:10:11)`;
const DOTNET = `fail: Microsoft.AspNetCore.Server.Kestrel[13]
      Connection id "0HM" threw
      System.InvalidOperationException: closed
         at Shop.Cart.Add() in /src/Cart.cs:line 1
--- End of stack trace from previous location ---
         at Shop.App.Run()`;
const UNHANDLED = `Unhandled exception. System.NullReferenceException: no object
   at Shop.App.Main()`;
const RUST = `thread 'main' panicked at src/main.rs:2:5:
index out of bounds
note: run with \`RUST_BACKTRACE=1\` environment variable to display a backtrace`;

const TRACES = { JAVA, UNCAUGHT_JAVA, PYTHON, GO, NODE, THROWN, DOTNET, UNHANDLED, RUST };

it.each(Object.entries(TRACES))(
  '%s: a trace is one, between lines that are not of it',
  (_, trace) => {
    const before = 'GET /healthz 200';
    const after = '2026-10-14 12:00:02 INFO next';
    expect(groups(`${before}\n${trace}\n${after}\n${trace}\n${trace}`)).toEqual([
      before,
      trace,
      after,
      trace,
      trace,
    ]);
  },
);

it.each([
  ['an indented line', 'options:\n  a: 1\n    b: 2', 1],
  ['indented lines only', '  one\n  two\n  three', 3],
  ['levels set to the right', 'ERROR one\n INFO two\n WARN three', 3],
  ['times set to the right', 'x\n 2026-10-14 INFO y', 2],
  ['an error after what tells of none', 'INFO all is well\njava.lang.Error: x\n\tat a.B.c(D)', 2],
  ['a trace after words that tell of its cause', 'Unhandled rejection in /cart\nError: x', 1],
  ['calls that are written to a log', 'ERROR x\nstore.put(a)\nstore.get(a)', 3],
  ['JSON lines', '{"level":"error","msg":"x"}\n{"level":"error","msg":"y"}', 2],
  ['words that begin like marks', 'ERROR x\nattached to node\nErrors: 3', 3],
  ['very long lines', `ERROR ${'x'.repeat(1_000_000)}\n${' '.repeat(1_000_000)}`, 1],
])('%s', (_, text, count) => {
  expect(groups(text)).toHaveLength(count);
});

it('holds no more together than a trace may be long', () => {
  const lines = ['ERROR x', ...Array.from({ length: 999 }, (_, i) => `  at frame ${i}`)];
  const lengths = groups(lines.join('\n')).map((group) => group.split('\n').length);
  expect(lengths[0]).toBe(LONGEST_TRACE);
  expect(Math.max(...lengths)).toBe(LONGEST_TRACE);
});
