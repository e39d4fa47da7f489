/** Where a vector is: `vectors/certificates`, `vectors/der`, or `vectors/rules`. */
export type VectorPlace = 'certificates' | 'der' | 'rules'

/** How one way of attacking by the profile of a certificate ends. */
export interface AttackEnd {
  /**
   * - `refusal`: no reader of ours takes the octets, tolerant or not;
   * - `finding`: the certificate is read, and the audit says what is wrong;
   * - `verification`: the certificate may be in order, and who verifies with it is refused.
   */
  readonly ends: 'refusal' | 'finding' | 'verification'
  readonly place: VectorPlace
  /** Vectors that show it. */
  readonly vectors: readonly string[]
  /** Code of the refusal, or id of the rule. */
  readonly by: string
  /** Default `auto`; of a vector of `rules`, its own. */
  readonly profile?: string
}

/** One family of attacks on what a certificate says of itself. */
export interface AttackFamily {
  readonly family: string
  readonly says: string
  readonly ends: readonly AttackEnd[]
}

const found = (by: string, vectors: readonly string[], profile?: string): AttackEnd => ({
  ends: 'finding',
  place: 'certificates',
  vectors,
  by,
  ...(profile === undefined ? {} : { profile }),
})
const foundInRule = (by: string, ...vectors: string[]): AttackEnd => ({ ends: 'finding', place: 'rules', vectors, by })
const foundInDer = (by: string, ...vectors: string[]): AttackEnd => ({ ends: 'finding', place: 'der', vectors, by })
const refused = (by: string, place: VectorPlace, ...vectors: string[]): AttackEnd => ({
  ends: 'refusal',
  place,
  vectors,
  by,
})
const unverified = (by: string, ...vectors: string[]): AttackEnd => ({
  ends: 'verification',
  place: 'certificates',
  vectors,
  by,
})

/** Every family of attacks on the profile of a certificate, and how it ends. */
export const profileAttacks: readonly AttackFamily[] = [
  {
    family: 'PRO-01',
    says: 'The certificate is signed with RSASSA-PSS.',
    ends: [found('bpce.pss-signature', ['qsealc-pss-signature', 'qwac-ps256', 'qsealc-ps384', 'qsealc-ps512'], 'bpce')],
  },
  {
    family: 'PRO-02',
    says: 'The key is bound to RSASSA-PSS, the signature is not.',
    ends: [foundInRule('bpce.pss-key', 'bpce.pss-key-pss')],
  },
  {
    family: 'PRO-03',
    says: 'RSASSA-PSS outside, PKCS#1 inside.',
    ends: [refused('X509_SIGNATURE_ALGORITHM_MISMATCH', 'der', 'algorithm-mismatch-pss')],
  },
  {
    family: 'PRO-04',
    says: 'Another algorithm outside than inside.',
    ends: [refused('X509_SIGNATURE_ALGORITHM_MISMATCH', 'der', 'algorithm-mismatch')],
  },
  {
    family: 'PRO-05',
    says: 'Other parameters outside than inside.',
    ends: [refused('X509_SIGNATURE_ALGORITHM_MISMATCH', 'der', 'algorithm-mismatch-parameters')],
  },
  {
    family: 'PRO-06',
    says: 'RSASSA-PSS on the authority alone: a warning, since the page of the bank leaves it open.',
    ends: [foundInRule('bpce.pss-issuer', 'bpce.pss-issuer-pss')],
  },
  {
    family: 'PRO-07',
    says: 'SHA-1, in the open or in the parameters of RSASSA-PSS.',
    ends: [
      found('ts119312.hash', ['qsealc-sha1-signature'], 'bpce'),
      foundInRule('ts119312.hash', 'ts119312.hash-in-pss'),
    ],
  },
  {
    family: 'PRO-08',
    says: 'RSA keys that are too short, too long, even, negative, or have a useless exponent.',
    ends: [
      foundInRule('ts119312.rsa-modulus', 'ts119312.rsa-modulus-1024'),
      foundInDer('ts119312.rsa-modulus', 'rsa-modulus-512', 'rsa-modulus-1899'),
      foundInDer('crypto.rsa-size', 'rsa-modulus-16385', 'rsa-modulus-65536'),
      foundInDer('crypto.rsa-modulus', 'rsa-modulus-even', 'rsa-modulus-negative', 'rsa-modulus-zero'),
      foundInDer('crypto.rsa-exponent', 'rsa-exponent-1', 'rsa-exponent-even', 'rsa-exponent-negative'),
      foundInRule('ts119312.rsa-exponent', 'ts119312.rsa-exponent-257-bits', 'ts119312.rsa-exponent-3'),
      refused('DER_INTEGER_NOT_MINIMAL', 'der', 'rsa-modulus-not-minimal'),
      refused('LIMIT_INTEGER', 'der', 'rsa-modulus-8201-octets'),
    ],
  },
  {
    family: 'PRO-09',
    says: 'A modulus with the fingerprint of CVE-2017-15361.',
    ends: [foundInRule('crypto.roca', 'crypto.roca-fingerprint')],
  },
  {
    family: 'PRO-10',
    says: 'An EC key where the bank wants RSA.',
    ends: [found('bpce.rsa-key', ['qsealc-p-256', 'qsealc-p-384', 'qsealc-ed25519'], 'bpce')],
  },
  {
    family: 'PRO-11',
    says: 'Explicit parameters of a curve.',
    ends: [
      foundInRule('crypto.named-curve', 'crypto.named-curve-explicit'),
      foundInDer('crypto.named-curve', 'ec-parameters-specified', 'ec-parameters-null'),
    ],
  },
  {
    family: 'PRO-12',
    says: 'No organizationIdentifier, an empty one, or two.',
    ends: [
      found('ts119495.identifier-present', [
        'qsealc-missing-organization-identifier',
        'qwac-missing-organization-identifier',
        'qsealc-two-organization-identifiers',
        'qsealc-organization-identifiers-in-one-rdn',
      ]),
      found('bpce.identifier-form', ['qsealc-identifier-empty', 'qsealc-two-organization-identifiers'], 'bpce'),
    ],
  },
  {
    family: 'PRO-13',
    says: 'The identifier stands in other attributes: it is none.',
    ends: [found('ts119495.identifier-present', ['qsealc-identifier-in-other-places'])],
  },
  {
    family: 'PRO-14',
    says: 'NUL in the identifier.',
    ends: [refused('DER_STRING_NUL', 'certificates', 'qsealc-organization-identifier-nul')],
  },
  {
    family: 'PRO-15',
    says: 'Letters and hyphens that look alike.',
    ends: [
      found(
        'bpce.identifier-form',
        [
          'qsealc-organization-identifier-cyrillic',
          'qsealc-organization-identifier-unicode-hyphen',
          'qsealc-identifier-full-width-hyphen',
          'qsealc-identifier-minus-sign',
          'qsealc-identifier-full-width-letter',
        ],
        'bpce',
      ),
    ],
  },
  {
    family: 'PRO-16',
    says: 'Lower case, spaces, invisible and combining characters.',
    ends: [
      found(
        'bpce.identifier-form',
        [
          'qsealc-organization-identifier-lower-case',
          'qsealc-organization-identifier-spaces',
          'qsealc-organization-identifier-zero-width',
          'qsealc-identifier-right-to-left',
          'qsealc-identifier-combining-mark',
          'qsealc-identifier-tab',
        ],
        'bpce',
      ),
    ],
  },
  {
    family: 'PRO-17',
    says: 'A country that is not assigned, or not that of the subject.',
    ends: [
      found('ts119495.identifier-country', [
        'qsealc-organization-identifier-unknown-country',
        'qsealc-identifier-country-uk',
        'qsealc-identifier-country-el',
        'qsealc-identifier-country-three-letters',
      ]),
      found('bpce.identifier-form', ['qsealc-organization-identifier-unknown-country'], 'bpce'),
      found('en319412-3.country-of-authority', ['qsealc-identifier-established-elsewhere']),
    ],
  },
  {
    family: 'PRO-18',
    says: 'An authority of one or nine letters, with digits, in lower case.',
    ends: [
      found(
        'bpce.identifier-form',
        [
          'qsealc-identifier-nca-one-letter',
          'qsealc-identifier-nca-nine-letters',
          'qsealc-identifier-nca-digits',
          'qsealc-identifier-nca-lower-case',
        ],
        'bpce',
      ),
      found('ts119495.nca-id-hyphen', ['qsealc-identifier-nca-underscore']),
    ],
  },
  {
    family: 'PRO-19',
    says: 'An authority that the country does not have.',
    ends: [
      found('ts119495.nca-id-published', [
        'qsealc-identifier-nca-of-other-country',
        'qsealc-organization-identifier-unknown-nca',
        'qsealc-identifier-nca-alias',
      ]),
    ],
  },
  {
    family: 'PRO-20',
    says: 'A number that is empty, endless, or has separators.',
    ends: [
      found(
        'bpce.identifier-form',
        [
          'qsealc-identifier-number-empty',
          'qsealc-identifier-number-500',
          'qsealc-identifier-number-slash',
          'qsealc-identifier-number-percent',
          'qsealc-identifier-number-quote',
          'qsealc-identifier-number-comma',
          'qsealc-identifier-number-newline',
        ],
        'bpce',
      ),
    ],
  },
  {
    family: 'PRO-21',
    says: 'A VAT or register number beside PSD2 roles.',
    ends: [
      found('bpce.identifier-form', ['qsealc-organization-identifier-vat', 'qsealc-identifier-ntr'], 'bpce'),
      found('ts119495.identifier-form', ['qsealc-organization-identifier-vat', 'qsealc-identifier-ntr']),
      foundInRule('ts119495.identifier-form-until-2021', 'ts119495.identifier-form-until-2021-vat'),
    ],
  },
  {
    family: 'PRO-22',
    says: 'The identifier as BMPString or TeletexString.',
    ends: [
      found('rfc5280.name-strings', ['qsealc-organization-identifier-bmp', 'qsealc-organization-identifier-teletex']),
    ],
  },
  {
    family: 'PRO-23',
    says: 'The extension qcStatements twice.',
    ends: [refused('X509_EXTENSION_TWICE', 'certificates', 'qsealc-duplicate-qc-statements')],
  },
  {
    family: 'PRO-24',
    says: 'Two PSD2 statements: no role is granted, and none joined.',
    ends: [found('ts119495.statement', ['qsealc-two-psd2-statements'])],
  },
  {
    family: 'PRO-25',
    says: 'Identifier and name of a role disagree.',
    ends: [found('ts119495.role-name', ['qsealc-role-name-mismatch', 'qsealc-role-long-names'])],
  },
  {
    family: 'PRO-26',
    says: 'An unknown role, no role, a role twice.',
    ends: [
      found('ts119495.role-identifier', ['qsealc-unknown-role']),
      found('ts119495.roles-present', ['qsealc-no-roles']),
      found('ts119495.role-once', ['qsealc-duplicate-role']),
    ],
  },
  {
    family: 'PRO-27',
    says: 'nCAId is not the authority of the identifier.',
    ends: [found('ts119495.nca-id-of-identifier', ['qsealc-nca-mismatch'])],
  },
  {
    family: 'PRO-28',
    says: 'A role by its name in an attribute of the subject: it is none.',
    ends: [found('bpce.role-aisp', ['qsealc-role-by-name-only'], 'bpce')],
  },
  {
    family: 'PRO-29',
    says: 'A purpose that is missing, doubled, or that of the other kind.',
    ends: [
      found('en319412-5.eseal', ['qsealc-wrong-qc-type'], 'qsealc-psd2'),
      found('en319412-5.web', ['qwac-wrong-qc-type'], 'qwac-psd2'),
      found('en319412-5.type-one', ['qsealc-two-qc-types', 'qwac-two-qc-types']),
      found('en319412-5.type', ['qsealc-missing-qc-type', 'qwac-missing-qc-type']),
      found('bpce.kind', ['qsealc-esign', 'qsealc-two-qc-types'], 'bpce'),
    ],
  },
  {
    family: 'PRO-30',
    says: 'QcCompliance is missing; QcSSCD is claimed where it cannot be.',
    ends: [
      found('en319412-5.compliance', ['qsealc-missing-qc-compliance']),
      found('en319412-5.sscd-web', ['qwac-qc-sscd-on-web']),
    ],
  },
  {
    family: 'PRO-31',
    says: 'The certificate calls itself qualified, its issuer is not granted.',
    ends: [
      foundInRule('issuer.granted-service', 'issuer.granted-service-withdrawn'),
      foundInRule('issuer.known-service', 'issuer.known-service-unknown'),
      foundInRule('bpce.qualified-issuer', 'bpce.qualified-issuer-withdrawn'),
    ],
  },
  {
    family: 'PRO-32',
    says: 'The PSD2 statement in a CA certificate, or in another extension: it grants nothing.',
    ends: [
      found('rfc5280.leaf', ['qsealc-leaf-is-ca', 'qwac-leaf-is-ca']),
      foundInRule('ts119495.statement', 'ts119495.statement-in-another-extension'),
    ],
  },
  {
    family: 'PRO-33',
    says: 'The PSD2 statement with something behind it, or in BER.',
    ends: [
      found('ts119495.statement-syntax', ['qsealc-psd2-statement-trailing']),
      foundInRule('ts119495.statement-syntax', 'ts119495.statement-syntax-long-length'),
    ],
  },
  {
    family: 'PRO-34',
    says: 'Purposes of the other kind, none for calling banks, or all.',
    ends: [
      found('practice.seal-purposes', ['qsealc-server-auth', 'qsealc-any-extended-key-usage']),
      found('practice.client-auth', ['qwac-qwac-without-client-auth'], 'bpce'),
      found('cabf.prohibited-purposes', ['qwac-any-extended-key-usage']),
    ],
  },
  {
    family: 'PRO-35',
    says: 'Key usage of a seal that does not seal, or that certifies.',
    ends: [
      found('en319412-2.key-usage', ['qsealc-missing-key-usage', 'qsealc-seal-key-cert-sign']),
      found('en319412-3.key-usage-seal', ['qsealc-seal-without-non-repudiation']),
    ],
  },
  {
    family: 'PRO-36',
    says: 'A leaf that is an authority.',
    ends: [found('rfc5280.leaf', ['qsealc-leaf-is-ca', 'qwac-leaf-is-ca'])],
  },
  {
    family: 'PRO-37',
    says: 'A critical extension that nobody knows.',
    ends: [
      found('en319412-2.criticality', ['qsealc-unknown-critical-extension']),
      unverified('PATH_EXTENSION_CRITICAL_UNKNOWN', 'qsealc-unknown-critical-extension'),
    ],
  },
  {
    family: 'PRO-38',
    says: 'A certificate of the sandbox where live ones are wanted, or the reverse: other anchors, other sets.',
    ends: [
      unverified('PATH_SIGNATURE_INVALID', 'qsealc'),
      foundInRule('bpce.separate-sets', 'bpce.separate-sets-shared'),
    ],
  },
  {
    family: 'PRO-39',
    says: 'Test roots trusted by default: there are no default anchors.',
    ends: [unverified('TypeError', 'qsealc')],
  },
]
