import type { Style } from './style.ts';
import { choose, hex, iso, latency, level, number } from './words.ts';

const LOGGERS = [
  'c.s.orders.OrderService',
  'c.s.checkout.QuoteController',
  'c.s.cart.CartRepository',
  'o.s.web.servlet.DispatcherServlet',
  'c.zaxxer.hikari.pool.HikariPool',
  'o.a.k.c.consumer.internals.Fetcher',
];

const INFO = [
  'Quote calculated for basket {n}',
  'Persisted aggregate in {ms} ms',
  'Published OrderPlaced to topic orders.v2',
  'Resolved price list EUR-{n}',
  'Completed 200 OK in {ms} ms',
];

const WARN = [
  'HikariPool-1 - Connection is not available, request took {ms}ms',
  'Retrying call to payments-api, attempt {n}',
  'Optimistic lock failed for basket {n}, reloading',
];

const TRACE = [
  '\tat com.shop.checkout.PaymentClient.authorize(PaymentClient.java:118)',
  '\tat com.shop.checkout.CheckoutService.place(CheckoutService.java:74)',
  '\tat com.shop.checkout.CheckoutController.post(CheckoutController.java:41)',
  '\tat java.base/jdk.internal.reflect.DirectMethodHandleAccessor.invoke(DirectMethodHandleAccessor.java:104)',
  '\tat org.springframework.web.method.support.InvocableHandlerMethod.doInvoke(InvocableHandlerMethod.java:258)',
  '\tat org.springframework.web.servlet.DispatcherServlet.doDispatch(DispatcherServlet.java:1088)',
  '\tat org.apache.tomcat.util.threads.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1189)',
  '\tat java.base/java.lang.VirtualThread.run(VirtualThread.java:381)',
  'Caused by: java.net.SocketTimeoutException: Read timed out',
  '\tat java.base/sun.nio.ch.NioSocketImpl.timedRead(NioSocketImpl.java:277)',
  '\t... 41 common frames omitted',
];

/** Spring Boot: aligned lines, and stack traces when something is wrong. */
export const spring: Style = {
  banner: ({ app, startedAt, pod }) => {
    const head = (logger: string): string =>
      `${iso(startedAt)}  INFO 1 --- [${app}] [           main] ${logger.padEnd(40)} : `;
    return [
      `${head('com.shop.Application')}Starting Application using Java 25.0.1 with PID 1 (${pod})`,
      `${head('com.shop.Application')}The following 1 profile is active: "production"`,
      `${head('o.s.b.w.embedded.tomcat.TomcatWebServer')}Tomcat initialized with port 8080 (http)`,
      `${head('com.zaxxer.hikari.HikariDataSource')}HikariPool-1 - Start completed.`,
      `${head('com.shop.Application')}Started Application in 7.482 seconds (process running for 8.115)`,
    ];
  },
  entry: (moment) => {
    const at = level(moment, 1);
    const text =
      at === 'error'
        ? 'Payment authorization failed for order {n}'
        : choose(moment, 2, at === 'warn' ? WARN : INFO);
    const thread = `tomcat-handler-${number(moment, 3, 1, 200)}`.slice(-15);
    const line =
      `${iso(moment.time)} ${at.toUpperCase().padStart(5)} 1 --- [${moment.app}] [${thread}] ` +
      `[${hex(moment, 4, 32)}] ${choose(moment, 5, LOGGERS).padEnd(40)} : ` +
      text
        .replace('{n}', String(number(moment, 6, 2, 98000)))
        .replace('{ms}', String(latency(moment, 7)));
    if (at !== 'error') return [line];
    return [
      line,
      '',
      'com.shop.checkout.PaymentUnavailableException: payments-api did not answer within 2500 ms',
      ...TRACE,
    ];
  },
  lastWords: ({ reason, app, endedAt }) =>
    reason === 'OOMKilled'
      ? [
          `${iso((endedAt ?? 0) - 900)}  WARN 1 --- [${app}] [   heap-monitor] c.s.indexer.HeapMonitor                  : heap 97% after full GC, 489 MiB of 502 MiB in use`,
        ]
      : [
          `${iso(endedAt ?? 0)} ERROR 1 --- [${app}] [           main] o.s.boot.SpringApplication               : Application run failed`,
          "org.springframework.beans.factory.BeanCreationException: Error creating bean with name 'dataSource'",
          ...TRACE.slice(4, 8),
          'Caused by: org.postgresql.util.PSQLException: FATAL: remaining connection slots are reserved for roles with the SUPERUSER attribute',
        ],
};
