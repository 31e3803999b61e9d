/** Who called AWS, read from what CloudTrail remembers of a call. */
import { at, text } from '../core/json.ts';
import { explained } from '../core/words.ts';

/** A call that CloudTrail remembers. */
export interface TrailCall {
  readonly operation: string;
  /** The service without its domain: `eks`. */
  readonly service: string;
  /** The ARN of who called; the name that CloudTrail has where there is none. */
  readonly who: string;
  /** The address, or the service of AWS that called on somebody's behalf. */
  readonly from: string;
  readonly agent: string;
  /** Why AWS refused it; empty where it did not. */
  readonly error: string;
  /** Whatever the call names, as text. */
  readonly names: ReadonlySet<string>;
}

/** What CloudTrail says of an event beside its JSON. */
interface Remembered {
  readonly EventName: string;
  readonly EventSource: string;
  readonly Username: string;
  readonly CloudTrailEvent: string;
}

/** Texts of a request's parameters are not looked for deeper than this, nor are more than so many. */
const DEEPEST = 4;
const MOST_NAMES = 200;

function collect(value: unknown, into: Set<string>, depth = 0): void {
  if (into.size >= MOST_NAMES || depth > DEEPEST) return;
  if (typeof value === 'string') into.add(value);
  else if (Array.isArray(value)) for (const each of value) collect(each, into, depth + 1);
  else if (typeof value === 'object' && value !== null)
    for (const each of Object.values(value)) collect(each, into, depth + 1);
}

const DOMAIN = /\.amazonaws\.com$/;

/** What an event tells; what its JSON does not say, or says otherwise than CloudTrail does, is empty. */
export function trailCall(event: Remembered): TrailCall {
  const told = parsed(event.CloudTrailEvent);
  const names = new Set<string>();
  collect(at(told, 'requestParameters'), names);
  const identity = at(told, 'userIdentity');
  const error = [text(at(told, 'errorCode')), text(at(told, 'errorMessage'))];
  return {
    operation: event.EventName,
    service: event.EventSource.replace(DOMAIN, ''),
    who:
      text(at(identity, 'arn')) ||
      event.Username ||
      text(at(identity, 'invokedBy')) ||
      text(at(identity, 'type')),
    from: text(at(told, 'sourceIPAddress')),
    agent: text(at(told, 'userAgent')),
    error: explained(...error),
    names,
  };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

/** The services whose calls change what EKS keeps of a cluster. */
const SERVICES: ReadonlySet<string> = new Set(['eks', 'autoscaling']);

/** Whether a call is about what has that name: EKS names Auto Scaling groups after the node group. */
export const isAbout = ({ service, names }: TrailCall, name: string): boolean =>
  SERVICES.has(service) &&
  [...names].some((each) => each === name || each.startsWith(`eks-${name}-`));
