import type { Moment, Style } from './style.ts';
import { choose, hex, iso, latency, number, PATHS } from './words.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const AGENTS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0',
  'ShopApp/8.4.1 (Android 16)',
  'kube-probe/1.35',
];

function clf(time: number): string {
  const date = new Date(time);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(date.getUTCDate())}/${MONTHS[date.getUTCMonth()] ?? ''}/${date.getUTCFullYear()}:${iso(time).slice(11, 19)} +0000`;
}

/** The combined access log, with an error line now and then. */
export const nginx: Style = {
  banner: () => [
    '/docker-entrypoint.sh: Configuration complete; ready for start up',
    '2026/11/24 00:00:00 [notice] 1#1: using the "epoll" event method',
    '2026/11/24 00:00:00 [notice] 1#1: start worker processes',
  ],
  entry: (moment) => {
    const path = choose(moment, 1, PATHS);
    const status = choose(
      moment,
      2,
      [200, 200, 200, 200, 200, 200, 200, 304, 301, 404, 499, 200, 200, 200, 200, 200, 502],
    );
    const client = `198.51.100.${number(moment, 3, 1, 254)}`;
    if (status === 502) {
      const stamp = iso(moment.time).slice(0, 19).replaceAll('-', '/').replace('T', ' ');
      return [
        `${stamp} [error] 29#29: *${number(moment, 4, 1000, 99999)} upstream timed out (110: Operation timed out) while reading response header from upstream, client: ${client}, server: www.shop.example.com, request: "GET ${path} HTTP/1.1", upstream: "http://10.0.12.7:8080${path}"`,
      ];
    }
    return [
      `${client} - - [${clf(moment.time)}] "${choose(moment, 5, ['GET', 'GET', 'GET', 'POST'])} ${path} HTTP/1.1" ${status} ${number(moment, 6, 180, 48000)} "-" "${choose(moment, 7, AGENTS)}" ${(latency(moment, 8) / 1000).toFixed(3)}`,
    ];
  },
  lastWords: () => [
    'nginx: [emerg] host not found in upstream "bff.storefront" in /etc/nginx/conf.d/default.conf:14',
  ],
};

function postgresTime(time: number): string {
  return `${iso(time).replace('T', ' ').slice(0, 23)} UTC`;
}

export const postgres: Style = {
  banner: ({ startedAt }) => [
    `${postgresTime(startedAt)} [1] LOG:  starting PostgreSQL 17.2 on x86_64-pc-linux-musl`,
    `${postgresTime(startedAt)} [1] LOG:  listening on IPv4 address "0.0.0.0", port 5432`,
    `${postgresTime(startedAt)} [1] LOG:  database system is ready to accept connections`,
  ],
  entry: (moment) => {
    const head = `${postgresTime(moment.time)} [${number(moment, 1, 60, 900)}]`;
    return choose(moment, 2, [
      [
        `${head} LOG:  checkpoint complete: wrote ${number(moment, 3, 100, 4000)} buffers (2.1%); 0 WAL file(s) added, 0 removed, 1 recycled; write=${number(moment, 4, 20, 270)}.118 s, sync=0.021 s, total=${number(moment, 4, 20, 270)}.402 s`,
      ],
      [
        `${head} LOG:  duration: ${number(moment, 3, 250, 1900)}.${number(moment, 4, 100, 999)} ms  execute <unnamed>: SELECT p.* FROM products p JOIN prices USING (sku) WHERE p.category_id = $1 ORDER BY rank LIMIT 48`,
      ],
      [`${head} LOG:  automatic vacuum of table "catalog.public.prices": index scans: 1`],
      [
        `${head} LOG:  connection authorized: user=catalog database=catalog application_name=catalog-api`,
      ],
      [
        `${head} ERROR:  deadlock detected`,
        `${head} DETAIL:  Process 412 waits for ShareLock on transaction 88213; blocked by process 97.`,
        `${head} STATEMENT:  UPDATE stock SET reserved = reserved + $1 WHERE sku = $2`,
      ],
      [`${head} LOG:  checkpoint starting: time`],
    ]);
  },
  lastWords: ({ endedAt }) => [
    `${postgresTime(endedAt ?? 0)} [1] FATAL:  could not write lock file "postmaster.pid": No space left on device`,
  ],
};

function redisTime(time: number): string {
  const date = new Date(time);
  return `${String(date.getUTCDate()).padStart(2, '0')} ${MONTHS[date.getUTCMonth()] ?? ''} ${date.getUTCFullYear()} ${iso(time).slice(11, 23)}`;
}

export const redis: Style = {
  banner: ({ startedAt }) => [
    `1:C ${redisTime(startedAt)} * oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo`,
    `1:M ${redisTime(startedAt)} * Ready to accept connections tcp`,
  ],
  entry: (moment) => {
    const head = redisTime(moment.time);
    return [
      choose(moment, 1, [
        `1:M ${head} * ${number(moment, 2, 100, 10000)} changes in 60 seconds. Saving...`,
        `1:M ${head} * Background saving started by pid ${number(moment, 2, 100, 999)}`,
        `${number(moment, 2, 100, 999)}:C ${head} * DB saved on disk`,
        `1:M ${head} * Background saving terminated with success`,
        `1:M ${head} # Client id=${number(moment, 2, 1000, 9999)} addr=10.0.31.8:41022 closed for overcoming of output buffer limits.`,
      ]),
    ];
  },
  lastWords: ({ endedAt }) => [
    `1:M ${redisTime(endedAt ?? 0)} # Can't save in background: fork: Out of memory`,
  ],
};

export const kafka: Style = {
  banner: ({ startedAt }) => [
    `[${iso(startedAt).slice(0, 23).replace('T', ' ').replace('.', ',')}] INFO [KafkaRaftServer nodeId=1] Kafka Server started (kafka.server.KafkaRaftServer)`,
  ],
  entry: (moment) => {
    const head = `[${iso(moment.time).slice(0, 23).replace('T', ' ').replace('.', ',')}]`;
    const partition = `${choose(moment, 1, ['orders.v2', 'clickstream', 'stock.v1', 'emails'])}-${number(moment, 2, 0, 23)}`;
    return [
      choose(moment, 3, [
        `${head} INFO [GroupCoordinator 1]: Stabilized group sessionizer generation ${number(moment, 4, 10, 900)} with 6 members (kafka.coordinator.group.GroupCoordinator)`,
        `${head} INFO [LocalLog partition=${partition}] Rolled new log segment at offset ${number(moment, 4, 100000, 99999999)} in 3 ms. (kafka.log.LocalLog)`,
        `${head} INFO [ProducerStateManager partition=${partition}] Wrote producer snapshot at offset ${number(moment, 4, 100000, 99999999)} (kafka.log.ProducerStateManager)`,
        `${head} WARN [ReplicaFetcher replicaId=1, leaderId=3] Partition ${partition} marked as failed (kafka.server.ReplicaFetcherThread)`,
      ]),
    ];
  },
  lastWords: ({ endedAt }) => [
    `[${iso(endedAt ?? 0)}] ERROR Exiting Kafka due to fatal exception (kafka.Kafka$)`,
  ],
};

export const coredns: Style = {
  banner: () => [
    '.:53',
    '[INFO] plugin/reload: Running configuration SHA512 = 591cf328cccc12bc490481273e738df59329c62c',
    'CoreDNS-1.13.1',
    'linux/amd64, go1.25.3',
  ],
  entry: (moment) => {
    const client = `10.0.${number(moment, 1, 0, 191)}.${number(moment, 2, 4, 250)}:${number(moment, 3, 32768, 60999)}`;
    const name = choose(moment, 4, [
      'catalog-api.catalog.svc.cluster.local.',
      'sts.eu-central-1.amazonaws.com.',
      'gateway.psp.example.com.storefront.svc.cluster.local.',
      'session-api.auth.svc.cluster.local.',
    ]);
    const missing = name.includes('psp');
    if (moment.chance(5) < 0.04)
      return [
        `[ERROR] plugin/errors: 2 ${name} A: read udp 10.0.8.14:41233->10.0.0.2:53: i/o timeout`,
      ];
    return [
      `[INFO] ${client} - ${number(moment, 6, 1000, 65000)} "A IN ${name} udp 54 false 512" ${missing ? 'NXDOMAIN' : 'NOERROR'} qr,aa,rd 106 0.000${number(moment, 7, 100, 999)}s`,
    ];
  },
  lastWords: () => ['plugin/forward: no upstream servers'],
};

/** The headers of Kubernetes' own programs: `I1124 06:00:00.123456       1 file.go:12] text`. */
export const klog: Style = {
  banner: ({ startedAt }) => [
    klogLine('I', startedAt, 'main.go:88] "Starting" version="v1.35.0"'),
    klogLine('I', startedAt, 'shared_informer.go:377] "Caches are synced" controller="main"'),
  ],
  entry: (moment) => {
    const [severity, text] = choose(moment, 1, [
      [
        'I',
        'static_autoscaler.go:638] Scale down status: lastScaleUpTime=2026-11-24 04:12:09 scaleDownInCooldown=false',
      ],
      [
        'I',
        `reflector.go:908] "Watch close" type="*v1.Pod" totalItems=${number(moment, 2, 3, 400)}`,
      ],
      ['I', 'proxier.go:820] "SyncProxyRules complete" elapsed="18.2ms"'],
      [
        'W',
        `warnings.go:70] "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice" id=${hex(moment, 3, 6)}`,
      ],
      ['I', 'trace.go:236] "DeltaFIFO Pop Process" total="112ms"'],
      ['E', 'leaderelection.go:448] "Error retrieving lease lock" err="context deadline exceeded"'],
      ['I', 'controller.go:214] "Reconciled" duration="4.1ms"'],
    ] as const);
    return [klogLine(severity, moment.time, text)];
  },
  lastWords: ({ endedAt }) => [klogLine('F', endedAt ?? 0, 'main.go:120] leader election lost')],
};

/** A line as Kubernetes' own programs write it. */
export function klogLine(severity: string, time: number, text: string): string {
  const stamp = iso(time);
  return `${severity}${stamp.slice(5, 7)}${stamp.slice(8, 10)} ${stamp.slice(11, 23)}000       1 ${text}`;
}

/** For what has little to say. */
export const quiet: Style = {
  banner: ({ app }) => [`${app}: started`],
  entry: (moment: Moment) => [
    `[${iso(moment.time)}] [ info] [engine] flushed ${number(moment, 1, 20, 900)} records`,
  ],
  lastWords: ({ app, exitCode }) => [`${app}: exited with ${exitCode}`],
};
