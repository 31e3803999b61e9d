import {
  GetTraceSummaries$,
  type GetTraceSummariesRequest,
  type GetTraceSummariesResult,
  type TraceSummary,
} from '@aws-sdk/client-xray';
import { busyness } from '../../metrics/wave.ts';
import { Random } from '../../random.ts';
import { ApiError } from '../api-error.ts';
import { type Operation, operation } from '../operation.ts';
import { pageOf } from '../page.ts';

const MINUTE = 60_000;
const LONGEST = 6 * 60 * MINUTE;
/** Requests of a usual minute of which a trace is kept. */
const PER_MINUTE = 24;

/** A way through the shop, and how often it ends badly at its last service (shares). */
interface Route {
  readonly services: readonly string[];
  readonly method: string;
  readonly path: string;
  readonly fault: number;
  readonly error: number;
  readonly throttle: number;
  /** What its last service says where it fails, or is asked too much; and where it does not have it. */
  readonly failure: readonly [name: string, message: string];
  readonly missing: readonly [name: string, message: string];
}

const ROUTES: readonly Route[] = [
  {
    services: ['web', 'bff', 'catalog-api', 'search-api'],
    ...{ method: 'GET', path: '/products', fault: 0.01, error: 0.02, throttle: 0.02 },
    failure: ['CircuitOpen', 'too many requests, retry in 2 s'],
    missing: ['NotFound', 'no such product'],
  },
  {
    services: ['web', 'bff', 'cart'],
    ...{ method: 'POST', path: '/cart', fault: 0, error: 0.02, throttle: 0 },
    failure: ['StoreUnavailable', 'no connection to the store of carts'],
    missing: ['CartNotFound', 'no such cart'],
  },
  {
    services: ['web', 'bff', 'checkout', 'payments-api'],
    ...{ method: 'POST', path: '/checkout', fault: 0.06, error: 0.01, throttle: 0 },
    failure: ['TimeoutError', 'payment provider did not answer within 3000 ms'],
    missing: ['UnknownPayment', 'no such payment'],
  },
];

/** What X-Ray answers: traces of requests to the shop, the same whenever they are asked for. */
export const XRAY_OPERATIONS: readonly Operation[] = [
  operation(
    GetTraceSummaries$,
    (input: GetTraceSummariesRequest, { clusters, now }): GetTraceSummariesResult => {
      const from = input.StartTime?.getTime() ?? 0;
      const to = Math.min(input.EndTime?.getTime() ?? 0, now);
      if (to - from > LONGEST) throw refused('Time range cannot be longer than 6 hours');
      const takes = filterOf(input.FilterExpression ?? '');
      const found = clusters.length === 0 ? [] : tracesBetween(from, to).filter(takes);
      const { items, next } = pageOf(found, {
        size: undefined,
        token: input.NextToken,
        most: 50,
        invalid: 'InvalidRequestException',
      });
      return {
        TraceSummaries: [...items],
        TracesProcessedCount: items.length,
        ApproximateTime: new Date(now),
        NextToken: next,
      };
    },
  ),
];

const refused = (message: string): ApiError =>
  new ApiError('InvalidRequestException', 400, message);

const WORDS: Readonly<Record<string, (trace: TraceSummary) => boolean>> = {
  error: ({ HasError }) => HasError === true,
  fault: ({ HasFault }) => HasFault === true,
  throttle: ({ HasThrottle }) => HasThrottle === true,
  ok: ({ HasError, HasFault, HasThrottle }) => !(HasError || HasFault || HasThrottle),
};

/** Of X-Ray's filter expressions those that are words joined by OR, and the name of a service. */
function filterOf(expression: string): (trace: TraceSummary) => boolean {
  if (expression.trim() === '') return () => true;
  const terms = expression.split(/ OR /i).map((term) => {
    const [, service] = /^service\("([^"]+)"\)$/.exec(term.trim()) ?? [];
    if (service !== undefined) {
      return ({ ServiceIds = [] }: TraceSummary) => ServiceIds.some(({ Name }) => Name === service);
    }
    const word = WORDS[term.trim()];
    if (word === undefined) throw refused(`Invalid filter expression: ${expression}`);
    return word;
  });
  return (trace) => terms.some((term) => term(trace));
}

/** Both ends count; the oldest first. */
function tracesBetween(from: number, to: number): readonly TraceSummary[] {
  const found: TraceSummary[] = [];
  for (let minute = Math.floor(from / MINUTE); minute <= Math.floor(to / MINUTE); minute++) {
    const count = Math.round(PER_MINUTE * busyness('traces', minute * MINUTE));
    for (let i = 0; i < count; i++) {
      const at = minute * MINUTE + Math.floor((i * MINUTE) / count);
      if (at >= from && at <= to) found.push(traceAt(at, new Random(`trace/${minute}/${i}`)));
    }
  }
  return found;
}

function traceAt(at: number, random: Random): TraceSummary {
  const route = ROUTES[random.int(0, ROUTES.length - 1)] ?? ROUTES[0];
  if (route === undefined) throw new Error('there are no routes');
  const { services, method, path, failure, missing } = route;
  const luck = random.next();
  const fault = luck < route.fault;
  const throttle = !fault && luck < route.fault + route.throttle;
  const error = !fault && (throttle || luck < route.fault + route.throttle + route.error);
  const status = fault ? 504 : throttle ? 429 : error ? 404 : 200;
  const seconds = fault ? 3 + random.between(0, 0.2) : random.between(0.02, 0.4);
  const last = services.at(-1) ?? '';
  const [Name, Message] = error && !throttle ? missing : failure;
  const causes = [
    {
      Services: [
        { Name: services.at(-2) ?? '', EntityPath: [{ Name: services.at(-2) ?? '' }] },
        { Name: last, EntityPath: [{ Name: last, Exceptions: [{ Name, Message }] }] },
      ],
    },
  ];
  return {
    Id: `1-${Math.floor(at / 1000)
      .toString(16)
      .padStart(8, '0')}-${random.hex(24)}`,
    StartTime: new Date(at),
    Duration: seconds,
    ResponseTime: seconds,
    HasFault: fault,
    HasError: error,
    HasThrottle: throttle,
    IsPartial: false,
    Http: {
      HttpURL: `https://shop.example.com${path}${method === 'GET' ? `/${random.int(1, 900)}` : ''}`,
      HttpStatus: status,
      HttpMethod: method,
      ClientIp: `203.0.113.${random.int(1, 254)}`,
    },
    ServiceIds: services.map((name) => ({
      Name: name,
      Names: [name],
      Type: 'AWS::EKS::Container',
    })),
    EntryPoint: { Name: services[0] ?? '', Names: services.slice(0, 1) },
    ...(fault && { FaultRootCauses: causes }),
    ...(error && { ErrorRootCauses: causes }),
  };
}
