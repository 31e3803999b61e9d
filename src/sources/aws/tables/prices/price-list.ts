import type { Clock } from '../../../../core/clock.ts';
import { at, object, text } from '../../../../core/json.ts';
import { AwsFault } from '../../../../domain/aws-fault.ts';
import type { Round } from '../../polling/round.ts';
import type { Reads } from '../../polling/table.ts';

/** List prices change a few times a year. */
const GOOD_FOR = 24 * 3_600_000;
/** Whoever may not ask is asked again in an hour. */
const REFUSED_FOR = 3_600_000;

/** What a type of instance is priced for. */
interface Product {
  /** `instance`: on demand; `autoMode`: what EKS takes on top for managing it. */
  readonly what: 'instance' | 'autoMode';
  readonly type: string;
}

/** What instance types cost in a region, as far as the price list has told. */
export interface PriceList {
  /** Asks for those that are not known, or were asked for a day ago: a call for each. */
  read(products: readonly Product[], round: Round): Promise<void>;
  /** US dollars an hour; null where it is not known. */
  of(product: Product): number | null;
}

/** Linux as one finds it, on machines that are shared, paid by the hour (eks-node-viewer asks the same). */
const ON_DEMAND = {
  operatingSystem: 'Linux',
  preInstalledSw: 'NA',
  capacitystatus: 'Used',
  marketoption: 'OnDemand',
  tenancy: 'Shared',
};

type Fields = Readonly<Record<string, string>>;

/** How the list names them: the same field has two names in the lists of two services. */
const QUESTIONS: Readonly<
  Record<Product['what'], readonly [service: string, fields: (type: string) => Fields]>
> = {
  instance: ['AmazonEC2', (instanceType) => ({ ...ON_DEMAND, instanceType })],
  autoMode: ['AmazonEKS', (instancetype) => ({ operation: 'EKSAutoUsage', instancetype })],
};

const keyOf = ({ what, type }: Product): string => `${what}/${type}`;

export function priceList(
  region: string,
  aws: Reads<'pricing:GetProducts'>,
  clock: Clock,
): PriceList {
  const known = new Map<string, { readonly price: number | null; readonly until: number }>();
  /** Why nothing is asked for now. */
  let refusal: { readonly fault: AwsFault; readonly until: number } | null = null;

  async function ask(product: Product, signal: AbortSignal): Promise<void> {
    const [ServiceCode, fields] = QUESTIONS[product.what];
    const Filters = Object.entries({ ...fields(product.type), regionCode: region }).map(
      ([Field, Value]) => ({ Field, Value }),
    );
    const { PriceList } = await aws.call('pricing:GetProducts', { ServiceCode, Filters }, signal);
    known.set(keyOf(product), { price: hourlyPrice(PriceList), until: clock.now() + GOOD_FOR });
  }

  return {
    of: (product) => known.get(keyOf(product))?.price ?? null,
    async read(products, { signal, gaps, wanted }) {
      if (wanted || refusal === null || clock.now() >= refusal.until) {
        refusal = null;
        const due = products.filter(
          (product) => (known.get(keyOf(product))?.until ?? 0) <= clock.now(),
        );
        try {
          // One first: of who may not ask, it is the only one.
          const [first, ...rest] = due;
          if (first !== undefined) await ask(first, signal);
          await Promise.all(rest.map((product) => ask(product, signal)));
        } catch (error) {
          if (!(error instanceof AwsFault) || error.kind === 'expired') throw error;
          // What is throttled or not reached is tried again in the next round.
          if (error.kind === 'denied' || error.kind === 'absent')
            refusal = { fault: error, until: clock.now() + REFUSED_FOR };
          else gaps.push(error);
        }
      }
      if (refusal?.fault.kind === 'denied') gaps.push(refusal.fault);
    },
  };
}

/** The list of EC2 counts `Hrs`, that of EKS `hours`. */
const HOURLY = /^(hrs|hours)$/i;

/** The price of the first product that has one by the hour; null where none has. */
export function hourlyPrice(products: readonly string[]): number | null {
  for (const product of products) {
    for (const term of Object.values(object(at(parsed(product), 'terms', 'OnDemand')))) {
      for (const dimension of Object.values(object(at(term, 'priceDimensions')))) {
        const usd = Number(at(dimension, 'pricePerUnit', 'USD'));
        if (HOURLY.test(text(at(dimension, 'unit'))) && usd > 0 && Number.isFinite(usd)) return usd;
      }
    }
  }
  return null;
}

function parsed(product: string): unknown {
  try {
    return JSON.parse(product);
  } catch {
    return null;
  }
}
