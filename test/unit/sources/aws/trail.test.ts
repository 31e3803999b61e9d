import { afterEach, beforeEach, expect, it } from 'vitest';
import { plain } from '../../../../src/core/styled.ts';
import { sectionLines } from '../../../../src/ui/detail/sections.ts';
import { trailQuestions } from '../../../../src/resources/describe/trail.ts';
import { accessDenied } from '../../../../src/simulator/aws-api/index.ts';
import type { ApiCall } from '../../../../src/simulator/aws-api/index.ts';
import type { Region } from '../../../../src/simulator/region.ts';
import { createAwsPort, NO_FILES } from '../../../../src/sources/aws/index.ts';
import { NOW, serveRegion, type TestAws, testRegion } from '../../../support/aws-region.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';

const HOUR = 3_600_000;
const HERE = { profile: '', region: 'eu-central-1' };

let region: Region;
let aws: TestAws;
let denied: readonly string[] = [];
/** The time of the region. */
let present: number;

beforeEach(async () => {
  denied = [];
  present = NOW;
  ({ region } = testRegion());
  aws = await serveRegion(region, {
    now: () => present,
    fault: (call: ApiCall) => (denied.includes(call.operation) ? accessDenied(call) : null),
  });
});
afterEach(() => aws.close());

async function told(name: string, at = NOW, now = at + HOUR): Promise<string> {
  const port = createAwsPort({
    clock: new VirtualClock(NOW),
    random: () => 0.5,
    env: aws.env,
    files: NO_FILES,
  });
  const door = port.door(HERE, () => false);
  const asks = trailQuestions<null>(() => ({ name, at }));
  const sections = await asks.sections(null, {
    eks: {} as never,
    query: {} as never,
    now,
    call: (action, input) => door.call(action, input),
  });
  return sectionLines(sections, false).map(plain).join('\n');
}

it('tells who called, for what was changed on the word of somebody', async () => {
  const port = createAwsPort({
    clock: new VirtualClock(NOW),
    random: () => 0.5,
    env: aws.env,
    files: NO_FILES,
  });
  await port
    .door(HERE, () => false)
    .call('eks:UpdateNodegroupConfig', {
      clusterName: 'shop',
      nodegroupName: 'web',
      scalingConfig: { minSize: 1, maxSize: 9, desiredSize: 4 },
    });
  expect(await told('web', NOW, NOW + HOUR / 12)).toContain('too early');
  present = NOW + HOUR / 6;
  const text = await told('web');
  expect(text).toContain(`${region.caller.arn}  eks:UpdateNodegroupConfig  from 127.0.0.1`);
  expect(await told('system')).toContain('no call about system in the minutes before');
});

it('says that it is too early while CloudTrail may still be late, and when it knows', async () => {
  const early = await told('web', NOW, NOW + HOUR / 12);
  expect(early).toContain('too early: CloudTrail tells of a call some 5 minutes late');
  expect(early).toContain('asked again each minute while this is open; by 06:15:00Z it knows');
  const late = await told('web', NOW, NOW + HOUR / 4);
  expect(late).toContain('no call about web in the minutes before: AWS did it by itself');
  expect(late).not.toContain('early');
});

it('names the action that is missing', async () => {
  denied = ['LookupEvents'];
  await expect(told('web')).rejects.toThrow('cloudtrail:LookupEvents');
});
