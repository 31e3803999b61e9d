import { describe, expect, it } from 'vitest';
import { LONGEST_TRACE, TraceReader } from '../../../src/core/log-trace.ts';

/** The lines in groups: each begins with a line that goes on with nothing. */
function groups(text: string): readonly string[] {
  const reader = new TraceReader();
  const found: string[] = [];
  for (const line of text.split('\n')) {
    const before = reader.read(line).continues ? found.pop() : undefined;
    found.push(before === undefined ? line : `${before}\n${line}`);
  }
  return found;
}

const levelsOf = (text: string): readonly string[] => {
  const reader = new TraceReader();
  return text.split('\n').map((line) => reader.read(line).level);
};

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

const PHP = `[14-Oct-2026 12:00:00 UTC] PHP Fatal error:  Uncaught Exception: boom in /app/x.php:3
Stack trace:
#0 /app/x.php(7): f()
#1 {main}
  thrown in /app/x.php on line 3`;
const RUBY = `app.rb:3:in 'Cart#add': undefined method 'x' for nil (NoMethodError)
\tfrom app.rb:7:in '<main>'`;
const RUST_THREAD = `thread 'main' (1234) panicked at src/main.rs:2:5:
index out of bounds
stack backtrace:
   0: rust_begin_unwind
             at /rustc/library/std/src/panicking.rs:665:5`;
const REJECTED = `Unhandled rejection in /cart
TypeError: x is not a function
    at async f (file:///app/x.mjs:1:2)`;
const ESM = `Error [ERR_MODULE_NOT_FOUND]: Cannot find module
    at new Promise (<anonymous>)`;
const SERVED = `2026/10/14 12:00:00 http: panic serving 10.0.0.1:4242: boom
goroutine 19 [running]:
main.handle()
\t/app/main.go:7 +0x1d`;

const SERVED_DEEPLY = `2026/10/14 12:00:00 http: panic serving 10.0.0.1:4242: boom
goroutine 19 [running]:
net/http.(*conn).serve.func1()
\t/usr/local/go/src/net/http/server.go:1947 +0xbe
panic({0x6b8b20?, 0x8f6f40?})
\t/usr/local/go/src/runtime/panic.go:787 +0x132
main.(*app).pay(0xc0000140a0)
\t/app/main.go:7 +0x1d`;
const KLOG = `E0101 00:00:00.000000       1 runtime.go:79] Observed a panic: "boom"
goroutine 123 [running]:
k8s.io/apimachinery/pkg/util/runtime.logPanic({0x1234, 0x5678})
\t/go/pkg/mod/k8s.io/apimachinery/pkg/util/runtime/runtime.go:75 +0x85
panic({0x1234, 0x5678})
\t/usr/local/go/src/runtime/panic.go:884 +0x213`;
const ZAP = `2026-01-01T00:00:00Z\tERROR\tReconciler error\t{"controller": "x"}
sigs.k8s.io/controller-runtime/pkg/internal/controller.(*Controller).reconcileHandler
\t/go/pkg/mod/sigs.k8s.io/controller-runtime@v0.17.0/pkg/internal/controller/controller.go:329
sigs.k8s.io/controller-runtime/pkg/internal/controller.(*Controller[...]).Start.func2.2
\t/go/pkg/mod/sigs.k8s.io/controller-runtime@v0.17.0/pkg/internal/controller/controller.go:227
main.main
\t/app/main.go:7`;
const CHARGE = `Failed to charge card 42 Error: connect ECONNREFUSED 10.0.0.1:5432
    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1494:16) {
  errno: -111
}`;
const FEIGN = `2026-10-14 12:00:01 ERROR [main] c.shop.Cart - cannot add
feign.FeignException$NotFound: [404 Not Found] during [GET]
\tat feign.FeignException.clientErrorStatus(FeignException.java:1)`;
const NPGSQL = `fail: Shop.Cart[1]
      cannot add
Npgsql.PostgresException (0x80004005): 42P01: relation "x" does not exist
   at Npgsql.Internal.NpgsqlConnector.ReadMessage()`;
const SPRING = `2026-10-14T12:00:00.000Z ERROR 1 --- [main] o.s.b.d.LoggingFailureAnalysisReporter   :

***************************
APPLICATION FAILED TO START
***************************

Description:

Web server failed to start. Port 8080 was already in use.

Action:

Stop the process that listens on port 8080.
`;
const SQLALCHEMY = `ERROR:root:cannot pay
Traceback (most recent call last):
  File "/app/db.py", line 1, in do_execute
    cursor.execute(statement, parameters)
psycopg2.errors.UndefinedTable: relation "orders" does not exist
LINE 1: SELECT * FROM orders
                      ^

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "/app/main.py", line 41, in run
sqlalchemy.exc.ProgrammingError: (psycopg2.errors.UndefinedTable) relation "orders" does not exist
LINE 1: SELECT * FROM orders
                      ^

[SQL: SELECT *
FROM orders
WHERE id = %(id)s]
[parameters: {'id': 1}]
(Background on this error at: https://sqlalche.me/e/20/f405)`;
const TREE = `  + Exception Group Traceback (most recent call last):
  |   File "/app/main.py", line 7, in <module>
  |     raise ExceptionGroup("x", [ValueError(1)])
  | ExceptionGroup: x (1 sub-exception)
  +-+---------------- 1 ----------------
    | ValueError: 1
    +------------------------------------`;
const PROMISE = `node:internal/process/promises:394
      triggerUncaughtException(err, true /* fromPromise */);
      ^

[UnhandledPromiseRejection: This error originated either by throwing inside of an async function] {
  code: 'ERR_UNHANDLED_REJECTION'
}

Node.js v24.0.0`;
const ANYHOW = `Error: cannot read the configuration

Caused by:
    0: cannot open a.yaml
    1: No such file or directory (os error 2)`;
const ELIXIR = `12:00:00.000 [error] GenServer Shop.Cart terminating
** (RuntimeError) boom
    (shop 0.1.0) lib/shop/cart.ex:7: Shop.Cart.handle_call/3
Last message (from #PID<0.1.0>): :pay
State: %{}`;

const TRACES = {
  ...{ JAVA, UNCAUGHT_JAVA, PYTHON, GO, NODE, THROWN, DOTNET, UNHANDLED, RUST },
  ...{ PHP, RUBY, RUST_THREAD, REJECTED, ESM, SERVED, SERVED_DEEPLY, KLOG, ZAP, CHARGE, FEIGN },
  ...{ NPGSQL, SPRING, SQLALCHEMY, TREE, PROMISE, ANYHOW, ELIXIR },
};

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

it.each(Object.entries(TRACES))('%s: a trace is an error', (_, trace) => {
  const levels = levelsOf(trace);
  expect(levels).toContain('error');
  // Once it is known to be one, it is to its end.
  expect(new Set(levels.slice(levels.indexOf('error')))).toEqual(new Set(['error']));
  expect(levelsOf(`GET /healthz 200\n${trace}\nlistening`).at(-1)).toBe('');
});

it.each([
  [
    'a warning that says what it is about',
    `WARN cannot add${JAVA.slice(JAVA.indexOf('\n'))}`,
    'warn',
  ],
  ['a dump of stacks', 'INFO stacks:\n\tat com.shop.App.main(App.java:7)', 'info'],
  ['what goes on worse than it began', 'INFO jobs:\n  job a: ERROR x\n  job b', 'info error error'],
  ['an error that quotes a level', "TypeError: no INFO\n    at f (x.js:1:2)\n    'WARN '", 'error'],
])('%s is as severe as it says', (_, text, expected) => {
  const levels = expected.split(' ');
  expect(levelsOf(text)).toEqual(
    text.split('\n').map((_line, i) => levels[Math.min(i, levels.length - 1)]),
  );
});

it.each([
  ['an indented line', 'options:\n  a: 1\n    b: 2', 1],
  ['indented lines only', '  one\n  two\n  three', 3],
  ['levels set to the right', 'ERROR one\n INFO two\n WARN three', 3],
  ['times set to the right', 'x\n 2026-10-14 INFO y', 2],
  ['an error after what tells of none', 'INFO all is well\njava.lang.Error: x\n\tat a.B.c(D)', 2],
  ['a trace after words that tell of its cause', 'Unhandled rejection in /cart\nError: x', 1],
  ['calls that are written to a log', 'ERROR x\nstore.put(a)\nstore.get(a)', 3],
  ['steps of a build', '#1 DONE 0.0s\n#5 [2/4] RUN npm ci\n#6 DONE 1.0s', 3],
  ['a host behind an error', 'ERROR x\nshop.example.com', 2],
  ['calls of Go behind what is fine', 'INFO x\nmain.main\nmain.main', 3],
  ['a box of stars', '**********\nwelcome\n**********\nready', 4],
  ['tables drawn in text', 'INFO x\n| a | b |\n| c | d |', 3],
  ['JSON lines', '{"level":"error","msg":"x"}\n{"level":"error","msg":"y"}', 2],
  ['words that begin like marks', 'ERROR x\nattached to node\nErrors: 3', 3],
  ['very long lines', `ERROR ${'x'.repeat(1_000_000)}\n${' '.repeat(1_000_000)}`, 1],
])('%s', (_, text, count) => {
  expect(groups(text)).toHaveLength(count);
});

describe('a trace that is joined in its middle', () => {
  it.each([
    [
      'Java',
      `${'\tat a.B.c(D.java:1)\n'.repeat(4)}Caused by: x\n\tat a.B.c(D.java:1)\n\t... 3 more`,
    ],
    [
      'Java, in what was suppressed',
      '\t\tat a.B.c(D.java:1)\n\t\t... 3 more\n\tat a.B.d(D.java:2)',
    ],
    ['Python', '    pay()\n  File "/app/a.py", line 1, in pay\n    x()\nKeyError: 1'],
    [
      'Go',
      '\t/app/a.go:7 +0x1d\nmain.main()\n\t/app/a.go:9 +0x1d\nmain.x(0x1)\n\t/app/a.go:3 +0x1',
    ],
    ['Node', '    at f (/app/a.js:1:2)\n    at g (/app/a.js:2:3) {'],
  ])('%s: is one error at most', (name, text) => {
    expect(groups(text).length).toBeLessThanOrEqual(name === 'Python' ? 2 : 1);
    expect(levelsOf(text).at(-1)).toBe('error');
  });
});

it('is one however many frames it has', () => {
  const frames = '\n\tat a.B.c(D.java:1)'.repeat(1024);
  const text = `ERROR x\njava.lang.StackOverflowError${frames}\nCaused by: x${frames}`;
  expect(groups(text)).toEqual([text]);
  const python = '\n  File "/app/a.py", line 1, in f\n    f()'.repeat(500);
  expect(groups(`Traceback (most recent call last):${python}\nRecursionError: x`)).toHaveLength(1);
});

it('holds no more together than a trace may be long', () => {
  const lines = ['ERROR x', ...Array.from({ length: 999 }, (_, i) => `  at frame ${i}`)];
  const lengths = groups(lines.join('\n')).map((group) => group.split('\n').length);
  expect(lengths[0]).toBe(LONGEST_TRACE);
  expect(Math.max(...lengths)).toBe(LONGEST_TRACE);
});

it.each([
  ['{"level":40,"msg":"retrying request"}', ['warn', 'error', 'error']],
  ['level=warn msg="retrying request"', ['warn', 'error', 'error']],
  // What logs text prints the trace of what it warns of below it.
  ['2026-10-14 12:00:01 WARN [main] c.shop.Cart - retrying', ['warn', 'warn', 'warn']],
])('an error that comes after a warning: %s', (warning, levels) => {
  const died = `TypeError: cannot read amount\n    at pay (/app/pay.js:61:7)`;
  expect(levelsOf(`${warning}\n${died}`)).toEqual(levels);
  expect(groups(`${warning}\n${died}`)).toHaveLength(levels[1] === 'error' ? 2 : 1);
});

it('the threads that the JVM lists are each one of no level', () => {
  const main = `"main" #1 prio=5 os_prio=0 cpu=1.0ms tid=0x1 nid=0x1 runnable  [0x0]
   java.lang.Thread.State: RUNNABLE
\tat a.B.c(D.java:1)
\t- locked <0x1> (a java.lang.Object)

   Locked ownable synchronizers:
\t- None
`;
  const old = `"[ERROR] writer" #12 [33] daemon prio=5 tid=0x2 nid=0x2 waiting on condition
   java.lang.Thread.State: WAITING (parking)
\tat a.Error.c(D.java:1)
`;
  const machine = '"VM Thread" os_prio=0 cpu=8.01ms elapsed=1.0s tid=0x3 nid=0x3 runnable\n';
  const head = ['2026-01-01 00:00:00', 'Full thread dump OpenJDK 64-Bit Server VM (21+35):', ''];
  const text = [...head, main, old, machine].join('\n');
  expect(groups(text)).toEqual([...head, main, old, ...machine.split('\n')]);
  expect(new Set(levelsOf(text))).toEqual(new Set(['']));
  expect(levelsOf(`${main}\njava.lang.IllegalStateException: x`).at(-1)).toBe('error');
  expect(groups(`${main}java.lang.IllegalStateException: x`)).toHaveLength(2);
});

it('settings that are printed below a line do not tell how severe it is', () => {
  const text = 'INFO Configuration:\n    on.error: FATAL\n  logging:\n    level: ERROR';
  expect(groups(text)).toEqual([text]);
  expect(levelsOf(text)).toEqual(['info', 'info', 'info', 'info']);
});
