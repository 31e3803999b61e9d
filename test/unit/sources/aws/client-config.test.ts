import { expect, it } from 'vitest';
import { clientConfig } from '../../../../src/sources/aws/client-config.ts';
import { type AwsEnv, NO_FILES } from '../../../../src/sources/aws/index.ts';

const HERE = { profile: '', region: 'eu-central-1' };
const retries = (env: AwsEnv) => {
  const { maxAttempts, retryMode } = clientConfig('eks', HERE, env, NO_FILES, {} as never);
  return [maxAttempts, retryMode];
};

it('sends again as the variables of the aws CLI say, and three times where they say nothing', () => {
  expect(retries({})).toEqual([3, 'adaptive']);
  expect(retries({ AWS_MAX_ATTEMPTS: '5', AWS_RETRY_MODE: 'standard' })).toEqual([5, 'standard']);
  expect(retries({ AWS_MAX_ATTEMPTS: '1' })).toEqual([1, 'adaptive']);
  for (const wrong of ['0', '-1', 'many', '1.5']) {
    expect(retries({ AWS_MAX_ATTEMPTS: wrong, AWS_RETRY_MODE: 'legacy' })).toEqual([3, 'adaptive']);
  }
  expect(retries({ AWS_MAX_ATTEMPTS: '1000' })).toEqual([10, 'adaptive']);
});
