import { qualification, type ServicePlan } from './list.ts'
import { type ListVector, type Lookup, seal, signed, web } from './vector.ts'

const spring = '2026-06-01T00:00:00Z'
const criteria = (assert: string, content: string) =>
  `<ecc:CriteriaList assert="${assert}">${content}</ecc:CriteriaList>`
const policy = (...oids: string[]) =>
  `<ecc:PolicySet>${oids.map((oid) => `<ecc:PolicyIdentifier><xades:Identifier>${oid}</xades:Identifier></ecc:PolicyIdentifier>`).join('')}</ecc:PolicySet>`
const keyUsage = (name: string, value: string) =>
  `<ecc:KeyUsage><ecc:KeyUsageBit name="${name}">${value}</ecc:KeyUsageBit></ecc:KeyUsage>`
const other = (content: string) => `<ecc:otherCriteriaList>${content}</ecc:otherCriteriaList>`
const purpose = (oid: string) =>
  other(
    `<tslx:ExtendedKeyUsage><tslx:KeyPurposeId><xades:Identifier Qualifier="OIDAsURN">urn:oid:${oid}</xades:Identifier></tslx:KeyPurposeId></tslx:ExtendedKeyUsage>`,
  )
const attribute = (oid: string) =>
  other(
    `<tslx:CertSubjectDNAttribute><tslx:AttributeOID><xades:Identifier>${oid}</xades:Identifier></tslx:AttributeOID></tslx:CertSubjectDNAttribute>`,
  )

function ask(use: Lookup['use'], answer: string, at = spring, issuer = 'ca-web'): Lookup {
  return { issuer, use, at, answer }
}

/** A list with these services, and the answers that come of it. */
function answers(
  id: string,
  family: string,
  says: string,
  services: readonly ServicePlan[],
  lookups: readonly Lookup[],
): ListVector {
  const listed = services.map(({ name, status }) => `${name}: ${status}`)
  return { id, family, says, text: signed({ services }), error: null, services: listed, lookups }
}

/** The QSealC of the vectors, asked about with a qualification of its issuer. */
function qualified(
  id: string,
  answer: string,
  says: string,
  qualifiers: readonly string[],
  content: string,
): ListVector {
  const service = { ...seal, extensions: qualification(qualifiers, content) }
  const lookup = { issuer: 'ca-seal', certificate: 'qsealc', use: 'eseal', at: spring, answer } as const
  return answers(id, answer === 'granted' ? 'control' : 'TSL-07', says, [service], [lookup])
}

export const serviceVectors: readonly ListVector[] = [
  answers(
    'lookup',
    'control',
    'Each service stands for its use and for no other.',
    [web, seal],
    [
      ask('web', 'granted'),
      ask('eseal', 'not-granted other-use'),
      ask('esign', 'not-granted other-use'),
      ask('eseal', 'granted', spring, 'ca-seal'),
      ask('web', 'not-granted other-use', spring, 'ca-seal'),
      ask('web', 'unknown no-such-service', spring, 'ca-ec-web'),
      ask('web', 'granted', '2025-01-01T00:00:00Z'),
      ask('web', 'not-granted before-start', '2024-12-31T23:59:59Z'),
      ask('web', 'granted', '2026-11-01T00:00:00Z'),
      ask('web', 'unknown stale', '2026-11-01T00:00:01Z'),
    ],
  ),
  answers(
    'withdrawn',
    'TSL-06',
    'Withdrawn since March; granted before.',
    [{ ...web, status: 'withdrawn', from: '2026-03-01T00:00:00Z', history: [{ ...web }] }],
    [
      ask('web', 'not-granted withdrawn'),
      ask('web', 'not-granted withdrawn', '2026-03-01T00:00:00Z'),
      ask('web', 'granted', '2026-02-28T23:59:59Z'),
      ask('web', 'not-granted before-start', '2024-06-01T00:00:00Z'),
    ],
  ),
  answers(
    'granted-again',
    'TSL-06',
    'Granted, withdrawn for a year, granted again; the history is in no order.',
    [
      {
        ...web,
        from: '2026-01-01T00:00:00Z',
        history: [
          { ...web, from: '2024-01-01T00:00:00Z' },
          { ...web, status: 'withdrawn', from: '2025-01-01T00:00:00Z' },
        ],
      },
    ],
    [
      ask('web', 'granted'),
      ask('web', 'not-granted withdrawn', '2025-06-01T00:00:00Z'),
      ask('web', 'granted', '2024-06-01T00:00:00Z'),
    ],
  ),
  answers(
    'use-added-later',
    'TSL-06',
    'Granted for signatures first, for web sites since March.',
    [
      {
        ...web,
        from: '2026-03-01T00:00:00Z',
        history: [{ ...web, from: '2025-01-01T00:00:00Z', uses: ['ForeSignatures'] }],
      },
    ],
    [
      ask('web', 'granted'),
      ask('web', 'not-granted other-use', '2026-02-01T00:00:00Z'),
      ask('esign', 'granted', '2026-02-01T00:00:00Z'),
    ],
  ),
  answers(
    'status-of-other-scheme',
    'TSL-06',
    'The status is of another scheme and ends in granted.',
    [{ ...web, status: 'https://example.com/Svcstatus/granted' }],
    [ask('web', 'not-granted withdrawn')],
  ),
  answers(
    'status-recognised',
    'TSL-06',
    'Recognised at national level, which is not qualified.',
    [{ ...web, status: 'recognisedatnationallevel' }],
    [ask('web', 'not-granted withdrawn')],
  ),
  answers(
    'status-accredited',
    'TSL-06',
    'Accredited, as before eIDAS.',
    [{ ...web, status: 'accredited' }],
    [ask('web', 'not-granted withdrawn')],
  ),

  answers(
    'type-pkc',
    'TSL-07',
    'A CA for certificates that are not qualified.',
    [{ ...web, type: 'CA/PKC' }],
    [ask('web', 'not-granted other-type')],
  ),
  answers(
    'type-tsa',
    'TSL-07',
    'A time stamp authority.',
    [{ ...web, type: 'TSA/QTST' }],
    [ask('web', 'not-granted other-type')],
  ),
  answers(
    'without-use',
    'TSL-07',
    'The list does not say what the service issues for.',
    [{ ...web, uses: [] }],
    [ask('web', 'not-granted other-use'), ask('esign', 'not-granted other-use')],
  ),
  answers(
    'use-root',
    'TSL-07',
    'The only additional information is that it is a root.',
    [{ ...web, uses: ['RootCA-QC'] }],
    [ask('web', 'not-granted other-use')],
  ),
  answers(
    'all-uses',
    'control',
    'One service for everything.',
    [{ ...web, uses: ['ForWebSiteAuthentication', 'ForeSeals', 'ForeSignatures'] }],
    [ask('web', 'granted'), ask('eseal', 'granted'), ask('esign', 'granted')],
  ),
  answers(
    'extension-critical',
    'TSL-07',
    'A critical extension that nobody knows.',
    [{ ...web, extensions: '<Extension Critical="true"><x:Limit xmlns:x="urn:example"/></Extension>' }],
    [ask('web', 'not-granted not-understood')],
  ),
  answers(
    'extension-not-critical',
    'control',
    'An extension that nobody knows, and needs not know.',
    [{ ...web, extensions: '<Extension Critical="false"><x:Note xmlns:x="urn:example"/></Extension>' }],
    [ask('web', 'granted')],
  ),

  qualified(
    'qualifier-not-qualified',
    'not-granted qualifier',
    'NotQualified for certificates with this policy.',
    ['NotQualified'],
    criteria('all', policy('0.4.0.194112.1.1')),
  ),
  qualified(
    'qualifier-of-other-policy',
    'granted',
    'NotQualified for certificates with another policy.',
    ['NotQualified'],
    criteria('all', policy('1.2.3.4')),
  ),
  qualified(
    'qualifier-two-policies',
    'granted',
    'NotQualified where both policies are there; one is.',
    ['NotQualified'],
    criteria('all', policy('0.4.0.194112.1.1', '1.2.3.4')),
  ),
  qualified(
    'qualifier-one-of-two',
    'not-granted qualifier',
    'NotQualified where one of two policies is there.',
    ['NotQualified'],
    criteria('atLeastOne', policy('1.2.3.4') + policy('0.4.0.194112.1.1')),
  ),
  qualified(
    'qualifier-none',
    'granted',
    'NotQualified where none is met; one is.',
    ['NotQualified'],
    criteria('none', policy('1.2.3.4') + policy('0.4.0.194112.1.1')),
  ),
  qualified(
    'qualifier-nested',
    'not-granted qualifier',
    'NotQualified by criteria in criteria.',
    ['NotQualified'],
    criteria(
      'all',
      criteria('none', policy('1.2.3.4')) +
        criteria('atLeastOne', keyUsage('nonRepudiation', 'true') + keyUsage('digitalSignature', 'true')),
    ),
  ),
  qualified(
    'qualifier-key-usage',
    'granted',
    'NotQualified where keyCertSign is set; it is not.',
    ['NotQualified'],
    criteria('all', keyUsage('keyCertSign', 'true')),
  ),
  qualified(
    'qualifier-purpose',
    'granted',
    'NotQualified for certificates for servers.',
    ['NotQualified'],
    criteria('all', purpose('1.3.6.1.5.5.7.3.1')),
  ),
  qualified(
    'qualifier-attribute',
    'not-granted qualifier',
    'NotQualified where the subject has an organizationIdentifier.',
    ['NotQualified'],
    criteria('all', attribute('2.5.4.97')),
  ),
  qualified(
    'qualifier-unknown-criterion',
    'not-granted qualifier',
    'NotQualified by a criterion that nobody knows: it may apply.',
    ['NotQualified'],
    criteria('all', other('<x:Moon xmlns:x="urn:example"/>')),
  ),
  qualified(
    'qualifier-unknown-and-unmet',
    'granted',
    'NotQualified by a criterion that nobody knows and one that is not met.',
    ['NotQualified'],
    criteria('all', `${other('<x:Moon xmlns:x="urn:example"/>')}${policy('1.2.3.4')}`),
  ),
  qualified(
    'qualifier-seal',
    'granted',
    'QCForESeal, asked about a seal.',
    ['QCForESeal', 'QCQSCDStatusAsInCert'],
    criteria('all', policy('0.4.0.194112.1.1')),
  ),
  qualified(
    'qualifier-web',
    'not-granted qualifier',
    'QCForWSA, asked about a seal.',
    ['QCForWSA'],
    criteria('all', policy('0.4.0.194112.1.1')),
  ),
  qualified(
    'qualifier-legal-person',
    'granted',
    'QCForLegalPerson says nothing about the use.',
    ['QCForLegalPerson', 'QCWithQSCD'],
    criteria('all', policy('0.4.0.194112.1.1')),
  ),

  answers(
    'two-services',
    'TSL-08',
    'One key under two services for web sites, one withdrawn: not granted, in whatever order.',
    [
      web,
      { ...web, name: 'Web sites again', status: 'withdrawn', from: '2026-03-01T00:00:00Z', history: [{ ...web }] },
    ],
    [ask('web', 'not-granted conflict'), ask('web', 'granted', '2026-02-01T00:00:00Z')],
  ),
  answers(
    'two-services-reversed',
    'TSL-08',
    'The same in the other order.',
    [
      { ...web, name: 'Web sites again', status: 'withdrawn', from: '2026-03-01T00:00:00Z', history: [{ ...web }] },
      web,
    ],
    [ask('web', 'not-granted conflict'), ask('web', 'granted', '2026-02-01T00:00:00Z')],
  ),
  answers(
    'two-services-two-uses',
    'TSL-08',
    'One key under two services: granted for web sites, withdrawn for seals.',
    [web, { ...seal, identities: ['ca-web'], status: 'withdrawn' }],
    [ask('web', 'granted'), ask('eseal', 'not-granted withdrawn')],
  ),
  answers(
    'two-services-other-type',
    'TSL-08',
    'One key under a CA and a withdrawn time stamp authority.',
    [web, { ...web, name: 'Time stamps', type: 'TSA/QTST', status: 'withdrawn' }],
    [ask('web', 'granted')],
  ),
  answers(
    'taken-over',
    'TSL-08',
    'Withdrawn because another provider took it over, where it is granted.',
    [
      web,
      {
        ...web,
        name: 'Web sites before',
        status: 'withdrawn',
        extensions:
          '<Extension Critical="false"><TakenOverBy xmlns="http://uri.etsi.org/02231/v2/additionaltypes#"/></Extension>',
      },
    ],
    [ask('web', 'granted')],
  ),
  answers(
    'same-key-new-certificate',
    'control',
    'Two certificates of one CA: the key is what counts.',
    [{ ...web, identities: ['ca-web', 'ca-web'] }],
    [ask('web', 'granted')],
  ),
]
