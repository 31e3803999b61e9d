/** Why a gateway does not serve. */
import type { GatewayRow } from '../tables/gateways.ts';
import { isStale, wordsOf, type Verdict } from '../tables/gateway-api.ts';
import {
  eventsOf,
  finding,
  firstOf,
  fromEvent,
  named,
  type Answer,
  type Evidence,
  type Rule,
  type World,
} from './finding.ts';

export const whyGateway: Rule<GatewayRow> = (gateway, world) =>
  gateway.deleting > 0
    ? null
    : firstOf(
        notAccepted,
        noClass,
        notProgrammed,
        notJudged,
        notTaken,
        brokenListener,
      )(gateway, world);

/** A condition of a gateway or of what a gateway says of a route, as evidence. */
export const conditionOf = (type: string, verdict: Verdict): Evidence => ({
  source: `condition ${type}`,
  text: `${verdict.status}${wordsOf(verdict) === '' ? '' : `: ${wordsOf(verdict)}`}`,
});

/** What was said of what an object was before its latest change; nothing where it is judged since. */
export const earlierOf = (type: string, verdict: Verdict): readonly Evidence[] =>
  isStale(verdict)
    ? [{ source: `condition ${type}`, text: `${verdict.before}, of what it was before` }]
    : [];

/** What it says, or that it says nothing. */
export const reasonOf = (verdict: Verdict): string => wordsOf(verdict) || 'it does not say why';

function notAccepted({ accepted, className }: GatewayRow): Answer {
  if (accepted.status !== 'False') return null;
  return finding('said', `its controller does not take it: ${reasonOf(accepted)}`, {
    evidence: [conditionOf('Accepted', accepted)],
    next: [`mend its spec, or the parameters that it or its class ${className} names`],
  });
}

/** Nobody takes what is of no class, or of one that nobody serves. */
function noClass({ name, accepted, className }: GatewayRow, world: World): Answer {
  if (accepted.status === 'True' || world.unread('gatewayclasses', '') !== '') return null;
  const found = world.named('gatewayclasses', '', className);
  if (found === null) {
    return finding('deduced', `nobody takes it: there is no gateway class ${className}`, {
      evidence: [{ source: `gateway ${name}`, text: `gatewayClassName: ${className}` }],
      next: ['mend the name of its class, or install the controller of that class'],
    });
  }
  if (found.accepted.status !== 'False') return null;
  const sentence = `nobody takes it: its class ${className} is not accepted: ${reasonOf(found.accepted)}`;
  return finding('said', sentence, {
    evidence: [{ ...conditionOf('Accepted', found.accepted), about: named('GatewayClass', found) }],
    next: [`mend gateway class ${className}`],
  });
}

function notProgrammed(gateway: GatewayRow, world: World): Answer {
  const { programmed } = gateway;
  if (programmed.status !== 'False') return null;
  const unread: string[] = [];
  const failed = warningOf(gateway, world, unread);
  return finding('said', `it is not set up: ${reasonOf(programmed)}`, {
    evidence: [conditionOf('Programmed', programmed), ...failed.map(fromEvent)],
    next: [`look at the log of ${controllerOf(gateway)}`],
    unread,
  });
}

/** What is said of it is about what it was before. */
function notJudged(gateway: GatewayRow): Answer {
  const evidence = [
    ...earlierOf('Accepted', gateway.accepted),
    ...earlierOf('Programmed', gateway.programmed),
  ];
  if (evidence.length === 0) return null;
  return finding('unknown', 'its controller has not looked at its latest change so far', {
    evidence,
    next: [`look whether ${controllerOf(gateway)} runs, and at its log`],
  });
}

/** Neither set up nor refused. */
function notTaken(gateway: GatewayRow, world: World): Answer {
  const { name, accepted, programmed } = gateway;
  if (programmed.status === 'True') return null;
  const unread: string[] = [];
  const [failed] = warningOf(gateway, world, unread);
  if (failed !== undefined) {
    return finding('said', `it is not set up: ${failed.message.trim()}`, {
      evidence: [fromEvent(failed)],
      unread,
    });
  }
  const unknown = world.unread('gatewayclasses', '');
  if (unknown !== '') unread.push(`gateway classes: ${unknown}`);
  const so =
    accepted.status === 'True'
      ? 'its controller took it, and has not set it up so far'
      : 'no controller has taken it so far';
  return finding('unknown', `${so}, and no event says why`, {
    evidence: [
      { source: `gateway ${name}`, text: `Programmed ${programmed.status || 'is not told'}` },
    ],
    next: [`look whether ${controllerOf(gateway)} runs, and at its log`],
    unread,
  });
}

function brokenListener({ name, listeners }: GatewayRow): Answer {
  const broken = listeners.find(({ trouble }) => trouble !== '');
  if (broken === undefined) return null;
  return finding('said', `its listener ${broken.name} does not serve: ${broken.trouble}`, {
    evidence: [{ source: `gateway ${name}, listener ${broken.name}`, text: broken.trouble }],
  });
}

const warningOf = (gateway: GatewayRow, world: World, unread: string[]) =>
  eventsOf('Gateway', gateway, world, unread)
    .filter(({ type }) => type === 'Warning')
    .slice(0, 1);

const controllerOf = ({ controller }: GatewayRow): string =>
  controller === '' ? 'its controller' : controller;
