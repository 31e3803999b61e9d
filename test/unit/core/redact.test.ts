import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact, redaction } from '../../../src/core/redact.ts';
import { isSecretName } from '../../../src/core/secret-names.ts';

/** A secret that no rule knows by its looks. */
const S = 'hunter2';
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const BASIC = base64('admin:hunter2');
const JWT = `eyJhbGciOiJIUzI1NiJ9.${base64('{"sub":"me"}').replace('=', '')}.c2lnbmF0dXJlX2hlcmU`;
const KEY_ID = 'AKIAIOSFODNN7EXAMPLE';
const KEY = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const PEM = `-----BEGIN RSA PRIVATE KEY-----\nMIIBOgIBAAJBAK\nxyz==\n-----END RSA PRIVATE KEY-----`;

/** What is shown of texts with secrets in them. */
/** What registries say where there were no credentials. */
const UNAUTHORIZED =
  'pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials';

const SECRETS: readonly (readonly [text: string, shown: string])[] = [
  // Addresses
  [`postgres://app:${S}@db:5432/shop`, 'postgres://app:•••@db:5432/shop'],
  [`postgres://app:p@ss:w@rd@db/shop`, 'postgres://app:•••@db/shop'],
  [`mysql://app:pa/ss#w@db/shop`, 'mysql://app:•••@db/shop'],
  [`redis://:${S}@cache:6379/0 and more`, 'redis://:•••@cache:6379/0 and more'],
  [`mongodb+srv://u:${S}@c0.mongodb.net/?w=1`, 'mongodb+srv://u:•••@c0.mongodb.net/?w=1'],
  [`mongodb://u:${S}@h1:27017,h2:27017/db`, 'mongodb://u:•••@h1:27017,h2:27017/db'],
  [`amqps://u:${S}@[::1]:5671/%2f`, 'amqps://u:•••@[::1]:5671/%2f'],
  [`https://${S}@github.com/a/b.git`, 'https://•••@github.com/a/b.git'],
  [`https://0123456789abcdef@o1.ingest.sentry.io/2`, 'https://•••@o1.ingest.sentry.io/2'],
  [
    `proxyconnect http://me:${S}@proxy:3128: refused`,
    'proxyconnect http://me:•••@proxy:3128: refused',
  ],
  [`a http://b:80/ c ftp://u:${S}@h`, 'a http://b:80/ c ftp://u:•••@h'],
  [`app:${S}@tcp(db:3306)/shop?parseTime=true`, 'app:•••@tcp(db:3306)/shop?parseTime=true'],
  [`jdbc:oracle:thin:app/${S}@db:1521:X`, 'jdbc:oracle:thin:app/•••@db:1521:X'],
  [
    `jdbc:mysql://db/shop?user=a&password=${S}&ssl=1`,
    'jdbc:mysql://db/shop?user=a&password=•••&ssl=1',
  ],
  [
    `https://b.s3.amazonaws.com/k?X-Amz-Credential=AKIA%2F2026&X-Amz-Date=1&X-Amz-Security-Token=IQo&X-Amz-Signature=ab12`,
    'https://b.s3.amazonaws.com/k?X-Amz-Credential=•••&X-Amz-Date=1&X-Amz-Security-Token=•••&X-Amz-Signature=•••',
  ],
  [
    `https://x.blob.core.windows.net/c?sv=2024&sig=${S}%3D&se=1`,
    'https://x.blob.core.windows.net/c?sv=2024&sig=•••&se=1',
  ],
  [`Get "https://h/?access_token=${S}": EOF`, 'Get "https://h/?access_token=•••": EOF'],
  // Connection strings
  [
    `Server=db;User Id=sa;Password=${S};Encrypt=true`,
    'Server=db;User Id=sa;Password=•••;Encrypt=true',
  ],
  [
    `AccountName=x;AccountKey=${BASIC};EndpointSuffix=y`,
    'AccountName=x;AccountKey=•••;EndpointSuffix=y',
  ],
  [
    `host=db user=app password=${S} sslmode=require`,
    'host=db user=app password=••• sslmode=require',
  ],
  [`host=db password='hunter 2' port=5`, "host=db password='•••' port=5"],
  // Arguments
  [`--password=${S}`, '--password=•••'],
  [`serve --db-password ${S} --port 80`, 'serve --db-password ••• --port 80'],
  [`-password ${S}`, '-password •••'],
  [`--api-key "a b" x`, '--api-key "•••" x'],
  [`--set a=1,auth.password=${S}`, '--set a=1,auth.password=•••'],
  [`--from-literal=token=${S}`, '--from-literal=token=•••'],
  [`sh -c "mysql -u root -p${S} -h db"`, 'sh -c "mysql -u root -p••• -h db"'],
  [`redis-cli -h cache -a ${S} ping`, 'redis-cli -h cache -a ••• ping'],
  [`sshpass -p ${S} ssh host`, 'sshpass -p ••• ssh host'],
  [`curl -s -u admin:${S} https://h`, 'curl -s -u admin:••• https://h'],
  [`PGPASSWORD=${S} psql -h db`, 'PGPASSWORD=••• psql -h db'],
  // Headers
  [`Authorization: Bearer ${S}${S}`, 'Authorization: •••'],
  [`curl -H "Authorization: Basic ${BASIC}" h`, 'curl -H "Authorization: •••" h'],
  [`-H 'X-Api-Key: ${S}'`, "-H 'X-Api-Key: •••'"],
  [`got Bearer abcdef0123456789`, 'got Bearer •••'],
  [`with Basic ${BASIC}!`, 'with Basic •••!'],
  // Configuration
  [`db:\n  password: ${S}\n  user: app`, 'db:\n  password: •••\n  user: app'],
  [`- api_key: "${S}"`, '- api_key: "•••"'],
  [`a:\n  privateKey: |\n    abc\n    def\n  next: 1`, 'a:\n  privateKey: |\n•••  next: 1'],
  [`{"user":"a","password":"hun\\"ter2","n":1}`, '{"user":"a","password":"•••","n":1}'],
  [`{\\"token\\":\\"${S}\\"}`, '{\\"token\\":\\"•••\\"}'],
  [`{"auths":{"h":{"auth":"${BASIC}"}}}`, '{"auths":{"h":{"auth":"•••"}}}'],
  [`//registry.example.com/:_authToken=${S}`, '//registry.example.com/:_authToken=•••'],
  [`_auth=${BASIC}`, '_auth=•••'],
  [`spring.datasource.password = ${S}`, 'spring.datasource.password = •••'],
  [
    `aws_secret_access_key=${KEY}\naws_session_token=${S}`,
    'aws_secret_access_key=•••\naws_session_token=•••',
  ],
  [`map[password:${S} user:app]`, 'map[password:••• user:app]'],
  // Looks
  [`${KEY_ID}:${KEY}`, `${KEY_ID}:•••`],
  [`id ${KEY_ID} and ${KEY} here`, `id ${KEY_ID} and ••• here`],
  [`token is ${JWT}.`, 'token is •••'],
  [PEM, '-----BEGIN RSA PRIVATE KEY-----•••-----END RSA PRIVATE KEY-----'],
  [`x ${PEM.slice(0, 50)}`, 'x -----BEGIN RSA PRIVATE KEY-----•••'],
  [`key ${base64('-----BEGIN PRIVATE KEY-----\nMIIB')}`, 'key •••'],
  [`key ${base64('-----BEGIN EC PRIVATE KEY-----\nMIIB')}`, 'key •••'],
  [`key ${base64('-----BEGIN OPENSSH PRIVATE KEY-----\n')}`, 'key •••'],
  [`got ${base64('{"auths":{"h":{}}}')}`, 'got •••'],
  [`got k8s-aws-v1.aHR0cHM6Ly9zdHMuZXU`, 'got •••'],
  [`got ghp_0123456789abcdefghijABCDEFGHIJ012345`, 'got •••'],
  [`got xoxb-1234567890-abcdefghij`, 'got •••'],
  [`got IQoJb3JpZ2luX2VjEA0aCXVzLWVhc3QtMSJH`, 'got •••'],
];

/** What is no secret stays as it is. */
const PLAIN: readonly string[] = [
  'SignatureValidationFailed: image pull failed for shop/api:2',
  'ExpiredTokenException: The security token included in the request is expired',
  'AuthorizationError: User is not allowed',
  '',
  'nginx@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  '123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop/api-token:1.2.3',
  'registry/secret-store:v1.2',
  'commit da39a3ee5e6b4b0d3255bfef95601890afd80709',
  `${KEY_ID} at da39a3ee5e6b4b0d3255bfef95601890afd80709`,
  '7f0c5b1e-3c1d-4c7a-9d2b-0a1b2c3d4e5f',
  'shop/api-78d7d7b5cd-x2x9z',
  'https://ABCDEF.gr7.eu-central-1.eks.amazonaws.com',
  'https://host:8443/path/@scope/pkg?x=a@b',
  'https://user.example.com/?email=me@example.com',
  'ssh://git@github.com/a/b.git',
  'git@github.com:a/b.git',
  'postgres://app@db/shop',
  'postgres://$(DB_USER):$(DB_PASSWORD)@db/shop',
  'http://[::1]:8080/metrics',
  'kafka://h1:9092,h2:9092/x@y',
  'kubernetes://x',
  base64('{"level":"info","port":8080}'),
  base64('-----BEGIN CERTIFICATE-----\nMIIB'),
  '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----',
  'eyJmb28iOiJiYXIifQ==',
  'arn:aws:iam::123456789012:role/secret-reader',
  'MountVolume.SetUp failed for volume "token" : secret "db-password" not found',
  "couldn't find key password in Secret shop/db",
  'volume "token": secret "x" not found',
  'Error: secret: not found',
  'Basic authentication failed',
  'Bearer realm="https://auth.docker.io/token",service="registry.docker.io"',
  'Bearer authentication is required',
  'AWS_WEB_IDENTITY_TOKEN_FILE=/var/run/secrets/eks.amazonaws.com/serviceaccount/token',
  'DB_PASSWORD_FILE=/run/secrets/db',
  'AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE',
  'SECRET_NAME=db',
  'TOKEN_URL=https://idp/token',
  'MAX_TOKENS=4096',
  'USE_TOKEN=true',
  '--password=$(DB_PASSWORD)',
  '--password=${DB_PASSWORD}',
  '--token $TOKEN',
  '--token-ttl=24h --tls-private-key-file=/etc/tls/key.pem',
  '--authentication-token-webhook=true',
  'password: {{ .Values.password }}',
  'secretName: db-password',
  'automountServiceAccountToken: true',
  'TOKENIZERS_PARALLELISM=false',
  'sort-key: name',
  'compass=north bypass=1',
  'a = b; c == d; std::string x',
  'key: value',
  'auth: basic',
  'reason=secret',
  'mysql -p',
  'mysql --port 3306 -h db',
  'Back-off restarting failed container api in pod api-78d7d7b5cd-x2x9z_shop(7f0c5b1e)',
  '0/58 nodes are available: 3 Insufficient cpu, 2 node(s) had untolerated taint {a: b}.',
];

it('leaves what a registry says of authorization as it is', () => {
  expect(redact(UNAUTHORIZED)).toBe(UNAUTHORIZED);
  const message = 'require authorization: server message: insufficient_scope: authorization failed';
  expect(redact(message)).toBe(message);
  expect(redact(`authorization: ${S}`)).toBe('authorization: •••');
});

describe('secrets in a text', () => {
  it.each(SECRETS)('%s', (text, shown) => expect(redact(text)).toBe(shown));

  it.each(PLAIN)('stays: %s', (text) => expect(redact(text)).toBe(text));

  it('are found once only', () => {
    for (const [, shown] of SECRETS) expect(redact(shown)).toBe(shown);
  });
});

describe('names', () => {
  it.each(
    `password DB_PASSWORD dbPassword PGPASSWORD passwd DB_PASS passphrase api_key APIKEY apiKey
     AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN clientSecret client-secret GITHUB_TOKEN privateKey
     SIGNING_KEY credentials X-Amz-Signature PASSWORD_1 TOKEN_PROD _authToken accountKey cookie pwd
     JWT encryption-key`.split(/\s+/),
  )('%s says so', (name) => expect(isSecretName(name)).toBe(true));

  it.each(
    `user LOG_LEVEL PASSWORD_FILE secretName tokenExpirationSeconds AWS_ACCESS_KEY_ID key sortKey
     TOKEN_URL SECRET_ARN COMPASS bypass passthrough monkey keyboard author authority TOKENIZER
     publicKey PASSWORD_MIN_LENGTH secret-ref imagePullPolicy`.split(/\s+/),
  )('%s does not', (name) => expect(isSecretName(name)).toBe(false));
});

describe('the work', () => {
  /** Pieces that open rules, end them, or do neither. */
  const pieces = [
    '://', ':', '@', '/', '=', '"', "'", '\\', '\\"', ' ', '\n', '-', '--', 'a', 'token', 'password',
    'auth', '-----BEGIN ', 'PRIVATE KEY', '-----', 'eyJ', '.', 'bearer ', 'basic ', '@tcp(', ':thin:',
    'mysql ', 'curl ', '-p', '|', ';', KEY_ID, '$(', 'x-token: ', '0', 'ghp_', 'LS0tLS1CRUdJTiBSU0Eg',
  ]; // prettier-ignore

  it('grows with the length, whatever is repeated', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 6 }), (unit) => {
        const [once, twice] = [100, 200].map(
          (times) => redaction(unit.join('').repeat(times)).steps,
        );
        expect(twice).toBeLessThan((once ?? 0) * 2.2 + 2000);
      }),
      { numRuns: 300 },
    );
  });

  it('never fails, and never makes a text of its own', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 40 }), (unit) => {
        const text = unit.join('');
        const kept = redact(text).split('•••');
        let at = 0;
        for (const part of kept) {
          at = text.indexOf(part, at);
          expect(at).toBeGreaterThanOrEqual(0);
          at += part.length;
        }
      }),
    );
  });
});
